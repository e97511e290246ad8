// Builds the stylesheet into ../static/built/, named by its content so that it can be kept for a year.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..", "..");
const out = join(here, "..", "static", "built");

const { css } = sass.compile(join(here, "site.scss"), {
  loadPaths: [join(root, "node_modules")],
  style: "compressed",
  quietDeps: true,
});
const name = `site.${createHash("sha256").update(css).digest("hex").slice(0, 12)}.css`;

mkdirSync(out, { recursive: true });
for (const old of readdirSync(out)) rmSync(join(out, old));
writeFileSync(join(out, name), css);
// WhiteNoise answers with this one where the browser takes it.
writeFileSync(join(out, `${name}.gz`), gzipSync(css, { level: 9 }));
writeFileSync(join(out, "manifest.json"), JSON.stringify({ "site.css": name }) + "\n");
console.log(`${name}  ${(css.length / 1024).toFixed(1)} kB`);
