import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { PageAssets } from '../pages/frame';

export interface AssetFile {
  name: string;
  type: string;
  body: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files of the pages, read once; their names hold a hash of their content, so they may be cached for ever. */
@Injectable()
export class Assets {
  private readonly stylesheet = load('login.css');
  private readonly script = load('login.js');
  private readonly mark = load('mark.svg');
  private readonly checkSession = load('check-session.js');
  private readonly files = new Map(
    [this.stylesheet, this.script, this.mark, this.checkSession].map((file) => [file.name, file]),
  );

  find(name: string): AssetFile | undefined {
    return this.files.get(name);
  }

  /** Addresses below the tenant's own path, so that a page never depends on another tenant. */
  addresses(basePath: string): PageAssets {
    const address = ({ name }: AssetFile): string => `${basePath}/assets/${name}`;
    return {
      stylesheet: address(this.stylesheet),
      script: address(this.script),
      mark: address(this.mark),
      checkSession: address(this.checkSession),
    };
  }
}

function load(file: string): AssetFile {
  const body = readFileSync(join(__dirname, file));
  const extension = extname(file);
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { name: `${file.slice(0, -extension.length)}-${hash}${extension}`, type: TYPES[extension]!, body };
}
