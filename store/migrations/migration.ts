export interface Migration {
  /** `NNNN-what-it-does`; migrations run in this order, each once. */
  readonly id: string;
  /** Statements run in one transaction. Never edited once released: a change is a new migration. */
  readonly sql: string;
}
