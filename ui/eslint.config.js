/**
 * What a reviewer of the UI need not speak of. Types are checked by `tsc`; this is for what types do not say, above all
 * for the order of the folders: a folder imports only from floors below its own, as docs/architecture.md §4 draws it.
 */
import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Lowest first. Folders of one floor do not know each other. */
const FLOORS = [
  ["i18n"],
  ["design", "wire"],
  ["api"],
  ["kernel"],
  ["editor"],
  ["markdown"],
  ["outputs"],
  ["widgets"],
  ["notebook", "workspace", "diff"],
  ["shell"],
];

const COMPAT = {
  regex: "^(react|react-dom|preact/compat)(/|$)",
  message: "Preact without compat: import from preact, preact/hooks or @preact/signals.",
};
const NODE = { regex: "^node:", message: "The page has no Node; only tests and the build do." };

/** The patterns that a file in `folder` may not import. */
function forbiddenTo(folder) {
  const own = FLOORS.findIndex((floor) => floor.includes(folder));
  const others = [...FLOORS.slice(own).flat(), "main"].filter((name) => name !== folder);
  return {
    regex: `^(\\.\\./)+(${others.join("|")})(/|$)`,
    message: `${folder}/ imports only from the floors below it (ui/eslint.config.js, docs/architecture.md §4).`,
  };
}

const dynamic = ({ regex, message }) => ({
  selector: `ImportExpression[source.value=/${regex.replaceAll("/", "\\/")}/]`,
  message,
});

const WORDS = "/[A-Za-zÀ-ž]{2}/";
const SPOKEN =
  "/^(aria-(label|description|placeholder|roledescription|valuetext)|title|placeholder|alt|label|word|\\w+Label)$/";
/** What a user reads stands in src/i18n, so that it can be said in another language. */
const LITERAL_TEXT = [
  `JSXText[value=${WORDS}]`,
  `JSXAttribute[name.name=${SPOKEN}] > Literal[value=${WORDS}]`,
  `JSXAttribute[name.name=${SPOKEN}] TemplateElement[value.raw=${WORDS}]`,
  `JSXElement > JSXExpressionContainer > :matches(Literal[value=${WORDS}], TemplateLiteral > TemplateElement[value.raw=${WORDS}])`,
  `Property[key.name=/^(title|label|placeholder|cancelLabel)$/] > Literal[value=${WORDS}]`,
].map((selector) => ({ selector, message: "What a user reads stands in src/i18n." }));

/** The page has one voice (src/design/announcer.ts): another live region speaks beside it, and as often as it changes. */
const LIVE_REGION = [
  "JSXAttribute[name.name='aria-live']:not([value.value='off'])",
  "JSXAttribute[name.name='role'] Literal[value=/^(status|alert|timer|marquee)$/]",
  "JSXOpeningElement:has(> JSXAttribute[name.name='role'][value.value='log']):not(:has(> JSXAttribute[name.name='aria-live'][value.value='off']))",
  "JSXOpeningElement[name.name='output']",
  "CallExpression[callee.property.name='setAttribute'][arguments.0.value='aria-live']",
].map((selector) => ({ selector, message: "What is to be read out goes through src/design/Voice.tsx: <Spoken>." }));

const order = FLOORS.flat().flatMap((folder) => {
  const above = forbiddenTo(folder);
  return [
    {
      files: [`src/${folder}/**`],
      rules: {
        "no-restricted-imports": ["error", { patterns: [above, COMPAT, NODE] }],
        "no-restricted-syntax": [
          "error",
          dynamic(above),
          ...(folder === "i18n" ? [] : [...LITERAL_TEXT, ...LIVE_REGION]),
        ],
      },
    },
    {
      files: [`src/${folder}/**/*.test.*`],
      rules: {
        "no-restricted-imports": ["error", { patterns: [above, COMPAT] }],
        "no-restricted-syntax": ["error", dynamic(above)],
      },
    },
  ];
});

export default defineConfig(
  globalIgnores(["dist/", "node_modules/"]),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "no-console": ["error", { allow: ["warn", "error"] }],
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      "no-restricted-imports": ["error", { patterns: [COMPAT, NODE] }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // A view has no network and keeps nothing: it gets what it shows, and says what was done to it.
    files: ["src/**/*.tsx"],
    ignores: ["src/main.tsx", "src/**/*.test.tsx"],
    rules: {
      "no-restricted-globals": ["error", "fetch", "WebSocket", "EventSource", "XMLHttpRequest", "localStorage"],
    },
  },
  ...order,
  {
    files: ["src/design/Voice.tsx"],
    rules: { "no-restricted-syntax": ["error", dynamic(forbiddenTo("design")), ...LITERAL_TEXT] },
  },
  {
    // A translation stands one folder deeper, beside sentences that have the names of floors. It is loaded before any
    // sentence is: of the English ones it may know the types only, or they would be chosen too early.
    files: ["src/i18n/de/**"],
    rules: { "no-restricted-imports": "off" },
  },
  {
    files: ["src/i18n/de/**"],
    ignores: ["src/i18n/de/*.test.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^\\.\\./(?!(foreign|formats|plural|size)$)",
              allowTypeImports: true,
              message: "A translation is loaded before the sentences: import their types only.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["src/**/*.test.*"],
    rules: {
      "max-lines": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
  {
    files: ["*.config.*", "build/**", "e2e/**", "bench/**", "**/*.d.ts"],
    rules: { "no-restricted-imports": "off", "no-restricted-exports": "off" },
  },
  { files: ["**/*.js", "**/*.mjs"], extends: [tseslint.configs.disableTypeChecked] },
);
