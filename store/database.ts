/** The tables, as Kysely sees them. Written with `migrations/`, in the same words. */
// biome-ignore lint/suspicious/noEmptyInterface: tables are added with the migrations that make them
export interface Database {}
