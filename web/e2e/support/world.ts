import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';

export const kBaseUrl = process.env.BASE_URL ?? 'http://localhost:8080';
export const kSandboxUrl = process.env.SANDBOX_URL ?? 'http://localhost:8082';
export const kBrowser = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
};

/** A number nobody has used yet. */
export function newNumber(): string {
  return `+7917${String(randomInt(1_000_000, 9_999_999))}`;
}

/** What an administrator does at the server: gives the person of a number a role. */
export function grantRole(number: string, role: string): void {
  const { BERESTA_BIN: beresta, BERESTA_CONFIG: config } = process.env;
  if (beresta === undefined || config === undefined) throw new Error('run by tools/browser_tests.sh');
  execFileSync(beresta, ['staff', 'grant', '--phone', number, '--role', role, '--config', config]);
}

interface Message {
  kind: 'sms' | 'call';
  text?: string;
  from?: string;
  at: string;
}

/** The words before a code; a long one stands in groups. */
const kCode = /(?:ваш код|your code is) (\d[\d ]*\d)/;

/** The code that reached the phone: the last five digits of the call, or those of the SMS. */
export async function codeFor(
  request: APIRequestContext,
  number: string,
  kind: 'sms' | 'call',
): Promise<string> {
  const url = `${kSandboxUrl}/phone/messages?to=${encodeURIComponent(number)}`;
  for (let attempt = 0; attempt < 60; attempt++) {
    const messages = (await (await request.get(url)).json()) as Message[];
    const newest = messages
      .filter((one) => one.kind === kind && (kind === 'call' || kCode.test(one.text ?? '')))
      .sort((a, b) => b.at.localeCompare(a.at))[0];
    const code =
      kind === 'call' ? newest?.from?.slice(-5) : kCode.exec(newest?.text ?? '')?.[1]?.replaceAll(' ', '');
    if (code !== undefined) return code;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`no ${kind} came to ${number}`);
}

export interface Person {
  index: number;
  snils: string;
  name: { family_name: string; given_name: string; middle_name: string };
  birth_date: string;
  trusted: boolean;
  slow: boolean;
  passport: { status: string } | null;
  driving_licence: object | null;
  oms: object | null;
  tax: object | null;
}

const kYearMs = 31_556_952_000;

/** A verified adult of the population with every document, different on every call. */
export async function someAdult(request: APIRequestContext): Promise<Person | undefined> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const url = `${kSandboxUrl}/control/people?index=${randomInt(8, 10_000)}`;
    const response = await request.get(url);
    if (!response.ok()) return undefined;
    const person = (await response.json()) as Person;
    const age = (Date.now() - Date.parse(person.birth_date)) / kYearMs;
    const hasAll = person.passport && person.driving_licence && person.oms && person.tax;
    if (person.trusted && !person.slow && age > 19 && age < 59 && hasAll) return person;
  }
  throw new Error('nobody suits');
}

export async function setFault(
  request: APIRequestContext,
  target: string,
  mode: 'none' | 'outage' | 'not_found',
): Promise<void> {
  await request.post(`${kSandboxUrl}/control/faults`, { data: { target, mode } });
}
