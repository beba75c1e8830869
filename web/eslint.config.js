import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

import { importRule } from "./scripts/import-rules.mjs";

const noDefaultExport = {
  selector: "ExportDefaultDeclaration",
  message: "Export by name; the router loads pages by name as well.",
};

export default tseslint.config(
  { ignores: ["dist", "src/api/schema.d.ts", "node_modules"] },
  js.configs.recommended,
  {
    files: ["scripts/**/*.mjs", "fixtures/**/*.mjs"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        URL: "readonly",
        Buffer: "readonly",
        document: "readonly",
      },
    },
  },
  {
    files: ["public/*.js"],
    languageOptions: { globals: { localStorage: "readonly", document: "readonly" } },
    rules: { "no-var": "off" },
  },
  {
    files: ["src/**/*.{ts,tsx}", "scripts/**/*.ts", "vite.config.ts"],
    extends: [...tseslint.configs.strict, jsxA11y.flatConfigs.recommended],
    plugins: { "react-hooks": reactHooks, house: { rules: { imports: importRule } } },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "house/imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-invalid-void-type": "off",
      "max-lines": ["error", { max: 400, skipBlankLines: true }],
      "no-restricted-syntax": ["error", noDefaultExport],
      "jsx-a11y/no-autofocus": "off",
    },
  },
  {
    files: ["src/**/*.tsx"],
    ignores: ["src/**/*.test.tsx"],
    rules: { "max-lines-per-function": ["error", { max: 100, skipBlankLines: true, skipComments: true }] },
  },
  { files: ["vite.config.ts"], rules: { "no-restricted-syntax": "off" } },
);
