import { PartnerError } from '@serai/domains/exchange/exchange.deps.ts';

/** How long a partner may take, and how much it may say. */
const timeoutMs = 8000;
const answerLimitBytes = 10 * 1024 * 1024;

/** The one place that speaks HTTP to partners: no redirects, a time limit, a size limit, text only. */
export async function postToPartner(url: string, body: string): Promise<string> {
  return request(url, { method: 'POST', body, headers: { 'content-type': 'application/jose' } });
}

export async function postJsonToPartner(url: string, body: unknown): Promise<{ status: number; body: string }> {
  const text = JSON.stringify(body);
  const response = await reach(url, { method: 'POST', body: text, headers: { 'content-type': 'application/json' } });
  return { status: response.status, body: await bounded(response) };
}

export async function fetchFromPartner(url: string): Promise<string> {
  return request(url, { method: 'GET' });
}

async function request(url: string, init: RequestInit): Promise<string> {
  const response = await reach(url, init);
  if (!response.ok) {
    const code = /"code":"(message\.[a-z-]+)"/.exec(await bounded(response))?.[1];
    throw new PartnerError(response.status >= 500 ? 'unreachable' : 'garbage', code);
  }
  return bounded(response);
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw new PartnerError((error as Error).name === 'TimeoutError' ? 'slow' : 'unreachable');
  }
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += (chunk as Uint8Array).length;
      if (bytes > answerLimitBytes) {
        throw new PartnerError('garbage');
      }
      chunks.push(chunk as Uint8Array);
    }
  } catch (error) {
    if (error instanceof PartnerError) {
      throw error;
    }
    throw new PartnerError((error as Error).name === 'TimeoutError' ? 'slow' : 'unreachable');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new PartnerError('garbage');
  }
}
