import { randomBytes, randomUUID } from 'node:crypto';
import { createKeySet, type KeySet, keyState, rotate } from '@serai/kernel/trust/keys.ts';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { nodeClasses, type Secrets } from '../secrets.ts';

/** Everything secret a node works with, made on its first start and kept sealed in its database. */
export interface NodeKeys {
  /** Keys the network knows the node by. */
  readonly keySet: () => KeySet;
  /** Gives every operational key a successor. @returns ids of the keys that sign now. */
  readonly rotate: () => Promise<readonly string[]>;
  readonly locatorSecret: Uint8Array;
  /** Key of the hashes that find persons. */
  readonly indexSecret: string;
  /** Key under which typed names are slowed. */
  readonly nameKey: string;
  readonly cookieKeys: readonly string[];
  /** Of the sign-in tokens. */
  readonly signingKeys: readonly JWK[];
}

export async function openNodeKeys(
  secrets: Secrets,
  node: { readonly country: string; readonly self: string; readonly clock: () => Date },
): Promise<NodeKeys> {
  const now = () => Math.floor(node.clock().getTime() / 1000);
  let keySet = await secrets.get<KeySet>('node-keys', () =>
    createKeySet({ country: node.country, node: node.self, classes: nodeClasses, now: now() }),
  );
  if (keySet.node !== node.self) {
    // The node moved to another address: its keys are its own wherever it is.
    keySet = { ...keySet, node: node.self };
    await secrets.put('node-keys', keySet);
  }
  const random = () => randomBytes(32).toString('base64url');
  return {
    keySet: () => keySet,
    async rotate() {
      keySet = await rotate(keySet, now());
      await secrets.put('node-keys', keySet);
      return keySet.keys.filter((key) => keyState(key, now()) === 'active').map((key) => key.kid);
    },
    locatorSecret: Buffer.from(await secrets.get('locator-secret', random), 'base64url'),
    indexSecret: await secrets.get('index-secret', random),
    nameKey: await secrets.get('name-key', random),
    cookieKeys: [await secrets.get('cookie-key', random)],
    signingKeys: await secrets.get<JWK[]>('oidc-keys', async () => {
      const { privateKey } = await generateKeyPair('ES256', { extractable: true });
      return [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: randomUUID() }];
    }),
  };
}
