// Builds the dashboard, and the widget into its folder: `node build.mjs --outDir <folder>`.

import { copyFileSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "vite";

/** What the whole widget may weigh on its way to a page, in bytes. */
const MOST = 20_480;

const { values } = parseArgs({ options: { outDir: { type: "string", default: "../src/deskhand/dashboard" } } });
const out = resolve(values.outDir);
const folder = join(out, "widget");

await build({ root: "dashboard", logLevel: "warn", build: { outDir: out, emptyOutDir: true } });
for (const mode of ["iife", "es"]) {
  await build({
    root: "widget",
    configFile: "widget/vite.config.ts",
    mode,
    logLevel: "warn",
    build: { outDir: folder },
  });
}
copyFileSync("widget/widget.d.ts", join(folder, "widget.d.ts"));

for (const name of ["widget.js", "widget.mjs"]) {
  const size = gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
  if (size <= MOST) continue;
  process.stderr.write(`${name} has ${size} bytes gzipped; it may have ${MOST}.\n`);
  process.exitCode = 1;
}
