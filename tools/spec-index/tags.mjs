// The grammar of tags: `RFC 7636 §4.6, §4.3 and OIDC Core §3.1.2.1 — why`. A section without a document keeps the last one.
const section = String.raw`§[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*`;
const requirement = /\bS-\d{3}\b/g;

/** "RFC 7636 §4.6, §4.3, S-036" → ["RFC 7636 §4.6", "RFC 7636 §4.3", "S-036"]; of a range "§4.1–§4.6" both ends. */
export function parseTagList(text) {
  const tags = [];
  let document = '';
  for (const item of text.split(/,\s*|;\s*|\s+and\s+|[–-](?=§)/)) {
    const [, name, place] = new RegExp(`^(.*?)\\s*(${section})?$`, 'u').exec(item.trim());
    document = name || document;
    if (document) tags.push(place ? `${document} ${place}` : document);
  }
  return tags;
}

/** What the @spec comments of a source file say: [{ tags, why, requirements }]. */
export function readSpecComments(source) {
  const comments = source.match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  return comments.flatMap((comment) => {
    const text = comment.replace(/^\/\*\*|\*\/$/g, '').replace(/^\s*\*/gm, '');
    return [...text.matchAll(/@spec\s+([\s\S]*?)(?=\s@\w|$)/g)].map(([, body]) => {
      const [list, ...why] = body
        .replace(/\s+/g, ' ')
        .trim()
        .split(/\s+[—–]\s+/);
      return { tags: parseTagList(list), why: why.join(' — '), requirements: body.match(requirement) ?? [] };
    });
  });
}

/** A reader of test titles that knows the given documents; RFCs are known by their form. */
export function titleReader(documents) {
  const names = [...documents]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const known = ['RFC \\d+(?:bis)?', ...names].join('|');
  const places = `${section}(?:(?:, | and )${section})*`;
  const pattern = new RegExp(`\\b(${known})(?![\\w-])(?: (${places}))?`, 'gu');
  return (title) => {
    const tags = [...title.matchAll(pattern)].flatMap(([, document, list]) =>
      list ? list.match(new RegExp(section, 'gu')).map((place) => `${document} ${place}`) : [document],
    );
    return [...tags, ...(title.match(requirement) ?? [])];
  };
}

/** "OIDC Core §5.1" → "OIDC Core". */
export const documentOf = (tag) => tag.replace(/ §\S+$/, '');

/** RFCs by number first, then the others by name; sections in their natural order. */
export const byTag = (a, b) =>
  Number(b.startsWith('RFC')) - Number(a.startsWith('RFC')) || a.localeCompare(b, 'en', { numeric: true });
