import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env.DESKHAND_URL ?? "http://127.0.0.1:8000";
const served = ["/v1", "/session.json", "/scripts"];

export default defineConfig({
  plugins: [react()],
  // the server puts a number of its own into each answer in place of this
  html: { cspNonce: "__NONCE__" },
  build: { outDir: "../../src/deskhand/dashboard", emptyOutDir: true, sourcemap: false, chunkSizeWarningLimit: 700 },
  server: {
    strictPort: true,
    proxy: Object.fromEntries(
      served.map(path => [path, { target: server, changeOrigin: true, headers: { origin: server } }]),
    ),
  },
});
