/** The day it is where the reader stands, like `2026-03-01`: at two in the morning in Bangkok not yesterday's. */
export function todayHere(now = new Date()): string {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** This moment, as an ISO instant. */
export function nowHere(): string {
  return new Date().toISOString();
}
