import { describe, expect, it } from 'vitest';
import { digitsOf } from './components/code_field';
import { exampleCaller } from './components/call_example';
import { providerProblemKey } from './components/provider_problem';
import { greetingKey } from './pages/home_page';
import { safeNext } from './safe_next';
import { smsTiming } from './sms_timing';

describe('the way to SMS', () => {
  const timing = (passedS: number, acceptedAfterS = 15, automaticAfterS = 30) =>
    smsTiming({ passedS, acceptedAfterS, automaticAfterS });

  it('counts down to asking and to sending by itself', () => {
    expect(timing(10)).toEqual({ askableInS: 5, automaticInS: 20, isAutomaticNow: false });
  });

  it('sends by itself when the time has come', () => {
    expect(timing(29.9).isAutomaticNow).toBe(false);
    expect(timing(30).isAutomaticNow).toBe(true);
  });

  it('never sends before the server accepts it', () => {
    expect(timing(35, 40, 30).isAutomaticNow).toBe(false);
    expect(timing(35, 40, 30).automaticInS).toBe(5);
  });
});

describe('where to go after signing in', () => {
  it.each(['/documents', '/level?result=verified', '/documents/passport'])('%s is ours', (path) => {
    expect(safeNext(path)).toBe(path);
  });

  it.each([
    null,
    '',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/a\n//b',
    '/@evil',
  ])('%j is not', (path) => {
    expect(safeNext(path)).toBe('/home');
  });
});

describe('a code field', () => {
  it('keeps the digits of what was pasted, and no more than fit', () => {
    expect(digitsOf('Код: 48-29 13', 6)).toBe('482913');
    expect(digitsOf('4829131', 6)).toBe('482913');
    expect(digitsOf('abc', 6)).toBe('');
  });
});

describe('the example of a call', () => {
  it('sets as many last digits apart as the code has', () => {
    const { head, code, plainCode } = exampleCaller('+7 917 555-01-42', 5);
    expect(`${head} ${code}`).toBe('+7 917 55 4 17 36');
    expect(plainCode).toHaveLength(5);
  });
});

describe('words for the provider’s refusal', () => {
  it.each([
    ['provider.refused_by_person', 'access_denied'],
    ['provider.flow_unknown', 'state'],
    ['provider.unavailable', 'unavailable'],
    ['client.timeout', 'unavailable'],
    ['provider.account_not_trusted', 'not_trusted'],
    ['provider.belongs_to_other_account', 'already_linked'],
    ['provider.refused_token', 'other'],
    ['constructor', 'other'],
  ])('%s: %s', (reason, key) => {
    expect(providerProblemKey(reason)).toBe(key);
  });
});

describe('the greeting', () => {
  it.each([
    [4, 'night'],
    [5, 'morning'],
    [12, 'day'],
    [18, 'evening'],
    [23, 'night'],
  ])('at %d is %s', (hour, key) => {
    expect(greetingKey(hour)).toBe(key);
  });
});
