import { describe, expect, test } from 'vitest';
import { eligibilityAnswerShape, inboundMessageShape, notUnderstood } from './wire.ts';

const requestId = '018f4f60-0000-7000-8000-000000000001';
const agreement = { id: 'agr:x', version: 1, digest: 'A'.repeat(43) };
const received = {
  ...{
    messageId: requestId,
    agreement,
    kind: 'received',
    statementId: requestId,
    payer: 'MM',
    receivedOn: '2026-07-01',
  },
};

describe('messages between funds', () => {
  test('an answer about cover may say more than is known; it says itself what must be known', () => {
    const answer = { requestId, outcome: 'answered', covered: false, waitingList: true };
    expect(eligibilityAnswerShape.parse(answer)).toEqual({ requestId, outcome: 'answered', covered: false });
    const critical = eligibilityAnswerShape.parse({ ...answer, critical: ['waitingList'] });
    expect(notUnderstood(critical)).toEqual(['waitingList']);
    expect(eligibilityAnswerShape.safeParse({ ...answer, because: 'maybe' }).success).toBe(false);
  });

  test('of a known kind, read; of another or with something critical, told what it wants', () => {
    expect(inboundMessageShape.parse({ ...received, bank: 'x' })).toEqual(received);
    expect(inboundMessageShape.parse({ ...received, critical: ['bank'], bank: 'x' })).toEqual({
      ...{ kind: 'newer', wants: ['bank'] },
    });
    expect(inboundMessageShape.parse({ ...received, kind: 'received/2', critical: ['bank'] })).toEqual({
      ...{ kind: 'newer', wants: ['received/2', 'bank'] },
    });
  });

  test.each([null, 7, 'x', [], {}, { kind: 'received' }, { ...received, receivedOn: '2026-02-30' }])(
    '%j is none',
    (body) => {
      expect(inboundMessageShape.safeParse(body).success).toBe(false);
    },
  );

  test('what is wrong is told by its path', () => {
    const read = inboundMessageShape.safeParse({ ...received, receivedOn: 'soon' });
    expect(read.error?.issues[0]?.path).toEqual(['receivedOn']);
  });
});
