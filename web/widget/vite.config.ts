import { defineConfig } from "vite";

/** Names of the widget's own objects that neither the browser, the service, other tabs nor the host page know. */
export const OWN =
  /^(visit|state|memory|remember|begin|session|ensure|wake|renew|resend|discard|link|trouble|fills|redraw|agreed|note|draw|update|node|toEnd|panel|announce|tell|leads|heard|asked|opening|changed|user|address|shelf|shared|keep|drop|take|settled|pause|rouse|insist|leave|look|wrong|keepEnd|emit|side|show|forget)$/;

/** `--mode iife` builds the classic script, `--mode es` the module. */
export default defineConfig(({ mode }) => {
  const classic = mode === "iife";
  return {
    build: {
      target: "es2022",
      cssTarget: ["chrome123", "firefox128", "safari17.5"],
      emptyOutDir: false,
      copyPublicDir: false,
      cssMinify: "lightningcss",
      rolldownOptions: {
        output: {
          minify: process.env.RAW
            ? false
            : { compress: true, mangle: true, codegen: true, mangleProps: { include: OWN } },
        },
      },
      lib: {
        entry: classic ? "src/classic.ts" : "src/module.ts",
        formats: [classic ? "iife" : "es"],
        name: "DeskhandWidget",
        fileName: () => (classic ? "widget.js" : "widget.mjs"),
      },
    },
  };
});
