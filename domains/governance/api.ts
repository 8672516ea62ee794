/** `GET /api/operator/outbox`: what waits to be delivered, for the operator; no personal data. */
export interface OutboxView {
  readonly messages: readonly {
    readonly id: string;
    readonly topic: string;
    readonly destination: string;
    readonly state: 'waiting' | 'retrying' | 'delivered' | 'failed';
    readonly attempts: number;
    readonly createdAt: string;
    readonly nextAttemptAt?: string;
    readonly lastError?: string;
  }[];
}

/** `GET /api/operator/partners`. */
export interface PartnersView {
  readonly partners: readonly {
    readonly country: string;
    readonly baseUrl: string;
    readonly status: 'active' | 'suspended';
    readonly reachable: boolean;
    readonly keysAgeSeconds: number;
    readonly statusListAgeSeconds?: number;
    readonly agreements: readonly { readonly id: string; readonly version: number; readonly status: string }[];
  }[];
}
