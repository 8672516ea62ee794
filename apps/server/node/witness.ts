import type { EvidenceTreeOptions } from '@serai/domains/governance/evidence/log.ts';
import type { TrustList } from '@serai/kernel/trust/trust-list.ts';
import { postJsonToPartner } from '../partner-http.ts';

/** The partners that put their names under this node's checkpoints. */
export function witnessesOf(
  trustList: () => TrustList,
  node: { readonly country: string; readonly self: string },
): EvidenceTreeOptions['witnesses'] {
  return () =>
    trustList()
      .nodes.filter((partner) => partner.country !== node.country && partner.status === 'active')
      .map((partner) => ({ cosign: (note, proof) => cosignAt(partner.baseUrl, node.self, note, proof) }));
}

/** Where a partner has seen less, it is asked again with the proof that nothing was rewritten since. */
async function cosignAt(
  partner: string,
  self: string,
  note: string,
  proofFrom: (size: number) => Promise<Uint8Array[] | undefined>,
): Promise<string | undefined> {
  let proof: Uint8Array[] = [];
  for (let attempt = 0; attempt < 2; attempt++) {
    const answer = await postJsonToPartner(`${partner}/exchange/witness`, {
      node: self,
      note,
      proof: proof.map((each) => Buffer.from(each).toString('base64')),
    });
    const body = JSON.parse(answer.body) as { line?: string; knownSize?: number };
    if (answer.status === 200 && typeof body.line === 'string') {
      return body.line;
    }
    if (answer.status !== 409 || typeof body.knownSize !== 'number') {
      return undefined;
    }
    proof = (await proofFrom(body.knownSize)) ?? [];
  }
  return undefined;
}
