import { describe, expect, it } from 'vitest';
import { answerFrom, type Kept, outdated } from './answering.ts';

const origin = 'https://node.example';
const kept: Kept = { version: 'b', page: '/console/index.html', files: ['/console/assets/main-1.js'] };
const from = (url: string, mode = 'cors', method = 'GET') => answerFrom({ url, mode, method }, origin, kept);

describe('from where a request is answered', () => {
  it.each<[string, string, string, string, string]>([
    ['a screen', `${origin}/console/cover/vouchers/redeem`, 'navigate', 'GET', 'page'],
    ['the first screen', `${origin}/console/`, 'navigate', 'GET', 'page'],
    ['a file of this build', `${origin}/console/assets/main-1.js`, 'no-cors', 'GET', 'kept'],
    ['a file of another build', `${origin}/console/assets/main-2.js`, 'no-cors', 'GET', 'network'],
    ['the way back from sign-in', `${origin}/console/?code=x&state=y`, 'navigate', 'GET', 'network'],
    ['the sign-in page', `${origin}/oidc/auth`, 'navigate', 'GET', 'network'],
    ['an answer about someone', `${origin}/api/persons/1`, 'cors', 'GET', 'network'],
    ['a record', `${origin}/fhir/R4/Patient/1`, 'cors', 'GET', 'network'],
    ['an address of the API opened as a page', `${origin}/api/me`, 'navigate', 'GET', 'network'],
    ['a change', `${origin}/console/assets/main-1.js`, 'cors', 'POST', 'network'],
    ['another host', 'https://elsewhere.example/console/assets/main-1.js', 'cors', 'GET', 'network'],
    ['a file with something after it', `${origin}/console/assets/main-1.js?x=1`, 'cors', 'GET', 'network'],
  ])('%s', (_, url, mode, method, expected) => {
    expect(from(url, mode, method)).toBe(expected);
  });
});

it('forgets builds before, and nothing that is not its own', () => {
  expect(outdated(['serai-console-a', 'serai-console-b', 'another'], kept)).toEqual(['serai-console-a']);
});
