/** Ids within one document: its own id with the last twelve digits counted. */
export function countedIds(documentId: string): (reference: string) => string {
  const given = new Map<string, string>();
  return (reference) => {
    const known = given.get(reference);
    if (known) {
      return known;
    }
    const id = documentId.slice(0, 24) + (given.size + 1).toString(16).padStart(12, '0');
    given.set(reference, id);
    return id;
  };
}
