import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Relative addresses, since the portal is served below every tenant's issuer: /admin/ and /t/acme/admin/.
// Nothing is inlined, so that the page's content security policy needs no exception.
export default defineConfig({
  base: './',
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
