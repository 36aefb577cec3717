/** @spec RFC 7396 §2 — members that are absent stay, null takes one away, objects are merged, all else is replaced. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const kept = isObject(target) ? Object.entries(target).filter(([name]) => !Object.hasOwn(patch, name)) : [];
  const given = Object.entries(patch)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [name, mergePatch(isObject(target) ? target[name] : undefined, value)] as const);
  return Object.fromEntries([...kept, ...given]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
