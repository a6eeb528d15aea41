import { describe, expect, it } from 'vitest';
import type { ChallengeDelivery } from '../../shared/api/types';
import { deliveryPollMs, deliveryWords, isSmsLost } from './delivery_words';

function delivery(change: Partial<ChallengeDelivery>): ChallengeDelivery {
  return { challenge_id: '018f3c2e', channel: 'call', state: 'queued', ...change };
}

describe('what is said about a delivery', () => {
  it('says nothing while all is well', () => {
    expect(deliveryWords('call', delivery({}))).toBeUndefined();
    expect(deliveryWords('sms', delivery({ channel: 'sms', state: 'sent' }))).toBeUndefined();
  });

  it('says why a call became an SMS', () => {
    const switched = (problem: ChallengeDelivery['problem']) =>
      deliveryWords('call', delivery({ channel: 'sms', state: 'sent', problem }));
    expect(switched('busy')).toBe('delivery.busy');
    expect(switched('declined')).toBe('delivery.declined');
    expect(switched('not_found')).toBe('delivery.notFound');
    expect(switched('no_answer')).toBe('delivery.noCall');
    expect(switched('operator')).toBe('delivery.noCall');
  });

  it('says that it rang, arrived, is sent again or failed', () => {
    expect(deliveryWords('call', delivery({ state: 'delivered' }))).toBe('delivery.rang');
    const sms = { channel: 'sms', problem: undefined } as const;
    expect(deliveryWords('sms', delivery({ ...sms, state: 'delivered' }))).toBe('delivery.arrived');
    expect(deliveryWords('sms', delivery({ ...sms, problem: 'undelivered' }))).toBe('delivery.again');
    expect(deliveryWords('call', delivery({ ...sms, state: 'failed' }))).toBe('delivery.lost');
    expect(deliveryWords('call', delivery({ state: 'failed' }))).toBe('delivery.failed');
  });
});

describe('an SMS that is lost', () => {
  const sms = (change: Partial<ChallengeDelivery>) => isSmsLost(delivery({ channel: 'sms', ...change }));

  it('is one that operators refused, or reported undelivered and nobody has taken since', () => {
    expect(sms({ state: 'failed', problem: 'operator' })).toBe(true);
    expect(sms({ state: 'failed', problem: 'undelivered' })).toBe(true);
    expect(sms({ state: 'queued', problem: 'undelivered' })).toBe(true);
  });

  it('is none that is on its way or there, and no call', () => {
    expect(sms({ state: 'queued', problem: 'no_answer' })).toBe(false);
    expect(sms({ state: 'sent', problem: 'undelivered' })).toBe(false);
    expect(sms({ state: 'delivered', problem: 'undelivered' })).toBe(false);
    expect(isSmsLost(delivery({ state: 'failed', problem: 'busy' }))).toBe(false);
  });
});

describe('how often it is asked', () => {
  it('asks often at first, then seldom, then no more', () => {
    expect(deliveryPollMs(undefined, 0)).toBe(1_500);
    expect(deliveryPollMs(delivery({ state: 'sent' }), 20)).toBe(5_000);
    expect(deliveryPollMs(delivery({}), 60)).toBe(false);
  });

  it('stops when there can be no news', () => {
    expect(deliveryPollMs(delivery({ state: 'delivered' }), 1)).toBe(false);
    expect(deliveryPollMs(delivery({ state: 'failed' }), 1)).toBe(false);
  });
});
