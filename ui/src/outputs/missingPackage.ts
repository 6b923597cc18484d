/** The package that an error says is not there, and what it is called where packages come from. Pure. */

export interface MissingPackage {
  /** As it was imported. */
  readonly module: string;
  /** As pip knows it. */
  readonly name: string;
}

/** Modules whose packages have other names. */
const NAMES: Readonly<Record<string, string>> = {
  attr: "attrs",
  bs4: "beautifulsoup4",
  Crypto: "pycryptodome",
  cv2: "opencv-python-headless",
  dateutil: "python-dateutil",
  docx: "python-docx",
  dotenv: "python-dotenv",
  faiss: "faiss-cpu",
  fitz: "pymupdf",
  git: "gitpython",
  google: "",
  igraph: "python-igraph",
  jwt: "pyjwt",
  MySQLdb: "mysqlclient",
  OpenSSL: "pyopenssl",
  osgeo: "gdal",
  PIL: "pillow",
  pptx: "python-pptx",
  psycopg2: "psycopg2-binary",
  serial: "pyserial",
  skimage: "scikit-image",
  sklearn: "scikit-learn",
  slugify: "python-slugify",
  umap: "umap-learn",
  usb: "pyusb",
  yaml: "pyyaml",
  zmq: "pyzmq",
};

/** Null when the error says something else; also for a part of a package, for then the package itself is there. */
export function missingPackage(ename: string, evalue: string): MissingPackage | null {
  if (ename !== "ModuleNotFoundError" && ename !== "ImportError") return null;
  const module = /^No module named '?([A-Za-z_]\w{0,99})'?$/.exec(evalue.trim())?.[1];
  if (module === undefined) return null;
  const name = Object.hasOwn(NAMES, module) ? (NAMES[module] ?? "") : module;
  return name === "" ? null : { module, name };
}

/** The line that installs it into the kernel's own environment. */
export function installCommand({ name }: MissingPackage): string {
  return `%pip install ${name}`;
}
