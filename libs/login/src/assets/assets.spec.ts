import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Assets } from './assets';

const assets = new Assets();
const addresses = assets.addresses('/t/acme');
const fileOf = (address: string) => assets.find(address.slice('/t/acme/assets/'.length))!;

describe('Assets', () => {
  it.each(Object.entries(addresses))('the %s has an address with the hash of its content', (_kind, address) => {
    const hash = createHash('sha256').update(fileOf(address).body).digest('hex');
    expect(address).toContain(hash.slice(0, 12));
  });

  it.each(['login.css', '../page-renderer.js', '__proto__', ''])('"%s" is no file of the pages', (name) => {
    expect(assets.find(name)).toBeUndefined();
  });

  it('the first load stays well below 30 kB, even uncompressed', () => {
    const sizes = Object.values(addresses).map((address) => fileOf(address).body.length);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(24_000);
    expect(gzipSync(fileOf(addresses.stylesheet).body).length).toBeLessThan(4000);
  });

  it('S-009 no file loads anything from anywhere', () => {
    for (const address of Object.values(addresses)) {
      const text = fileOf(address).body.toString().replaceAll('http://www.w3.org/2000/svg', '');
      expect(text).not.toMatch(/https?:|@import|url\((?!#)/);
    }
  });
});
