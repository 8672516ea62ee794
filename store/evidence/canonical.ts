/**
 * JSON with sorted keys and no spaces, so that equal values have equal bytes (RFC 8785 for the values evidence holds:
 * strings, finite numbers, booleans, null, arrays and plain objects).
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value) ?? 'null';
  }
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) {
      text += `${text === '' ? '' : ','}${canonicalJson(item)}`;
    }
    return `[${text}]`;
  }
  const node = value as Record<string, unknown>;
  for (const key of Object.keys(node).sort()) {
    if (node[key] !== undefined) {
      text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(node[key])}`;
    }
  }
  return `{${text}}`;
}
