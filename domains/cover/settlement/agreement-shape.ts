import { z } from 'zod';

/** Which text of which agreement two nodes act under. */
export const agreementShape = z.object({
  id: z.string().min(1).max(200),
  version: z.int().min(1),
  digest: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type AgreementRef = z.output<typeof agreementShape>;
