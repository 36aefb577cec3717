import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** The document as it is sent. */
export function htmlOf(page: VNode | undefined): string {
  return `<!DOCTYPE html>${renderToString(page!)}`;
}

/** What can be read of it, without the head. */
export function textOf(fragment: string): string {
  return fragment
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}
