// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, renderHook } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../../shared/api/types';
import cabinet from '../../../shared/i18n/cabinet.ru.json';
import everybody from '../../../shared/i18n/ru.json';
import { useSubjectWords } from './operation_subject';

beforeAll(async () => {
  const translation = { ...everybody, ...cabinet };
  await i18next.use(initReactI18next).init({ lng: 'ru', resources: { ru: { translation } } });
});
afterEach(cleanup);

const queries = new QueryClient({ defaultOptions: { queries: { enabled: false } } });
const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queries}>{children}</QueryClientProvider>
);

function wordsOf(kind: Operation['kind'], subject: string): string | undefined {
  const operation: Operation = { operation_id: '1', at: '2026-01-01T00:00:00Z', kind, subject };
  return renderHook(() => useSubjectWords(operation), { wrapper }).result.current;
}

describe('what an operation was about', () => {
  it.each([
    ['entry.disputed', 'unknown_party', 'Не знаю, кто это'],
    ['entry.answered', 'rightful', 'всё было верно'],
    ['account.data_blocked', 'profile', 'Сведения о вас'],
    ['document.unavailable', 'statuses', 'Статусы: пенсионер и другие'],
    ['assurance.refused', 'account_not_trusted', 'Служба ещё не проверила вашу личность'],
    ['documents.requested', 'passport, inn', 'Паспорт РФ, ИНН'],
    ['agreement.accepted', 'agreement/2', 'Пользовательское соглашение, № 2'],
    ['consent.granted', 'informing_debts sms email', 'Сообщения о долгах'],
  ] as const)('%s of %s is told in words', (kind, subject, words) => {
    expect(wordsOf(kind, subject)).toBe(words);
  });

  it('is a name as it stands where the kind says that it is one', () => {
    expect(wordsOf('party.agreed', 'Аптека (демонстрация)')).toBe('Аптека (демонстрация)');
    expect(wordsOf('session.opened', 'Firefox, Linux')).toBe('Firefox, Linux');
  });

  it('is never a code: one without words stays unsaid', () => {
    expect(wordsOf('assurance.raised', 'verified')).toBeUndefined();
    expect(wordsOf('request.received', 'something_new')).toBeUndefined();
    expect(wordsOf('entry.disputed', 'something_new')).toBeUndefined();
  });
});
