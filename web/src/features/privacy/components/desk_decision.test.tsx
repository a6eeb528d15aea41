// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeskRequestDetail } from '../../../shared/api/types';
import cabinet from '../../../shared/i18n/cabinet.ru.json';
import desk from '../../../shared/i18n/desk.ru.json';
import ru from '../../../shared/i18n/ru.json';
import { DeskDecision } from './desk_decision';

const kRequest: DeskRequestDetail = {
  request_id: '018f',
  number: '261126-48151-7',
  kind: 'correction',
  revision: 2,
  state: 'in_work',
  taken: true,
  language: 'ru',
  received_at: '2026-11-26T10:00:00Z',
  due_day: '2026-12-07',
  due_estimated: false,
  working_days_left: 7,
  basis: '152-ФЗ, ст. 21',
  extended: false,
  late: false,
  events: [],
  authority: { name: 'Роскомнадзор' },
  mine: true,
  own: false,
  extension_working_days: 0,
  grounds: ['others_rights', 'data_are_right', 'not_processed_here'].map((name) => ({
    name,
    norm: '152-ФЗ',
    text: name,
  })),
};
const words = desk.requestDesk;
const sent = vi.fn();

beforeAll(async () => {
  Element.prototype.scrollIntoView = vi.fn();
  await i18next.use(initReactI18next).init({
    lng: 'ru',
    resources: { ru: { translation: { ...ru, ...cabinet, ...desk } } },
    showSupportNotice: false,
  });
});
beforeEach(() => {
  sent.mockReset().mockResolvedValue(new Response('{}', { status: 500 }));
  vi.stubGlobal('fetch', sent);
  // The dialog asks for it, and jsdom has none.
  vi.stubGlobal('CSS', { escape: (name: string) => name });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <DeskDecision request={kRequest} onDone={vi.fn()} />
    </QueryClientProvider>,
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const write = (value: string) => fireEvent.change(screen.getByRole('textbox'), { target: { value } });
const choose = (name: string) => fireEvent.click(screen.getByRole('radio', { name: new RegExp(`^${name}`) }));

describe('a decision at the desk', () => {
  it('is not made by the page: nothing is chosen, and nothing is sent', () => {
    for (const radio of screen.getAllByRole<HTMLInputElement>('radio')) expect(radio.checked).toBe(false);
    press(words.submit.answer);
    expect(screen.getByRole('link', { name: words.wrong.act })).toBeTruthy();
    expect(screen.getByRole('link', { name: words.wrong.words })).toBeTruthy();
    choose(words.act.refusal);
    write('Мы проверили: в паспорте записано так же, как и у нас.');
    press(words.submit.refusal);
    expect(screen.getByRole('link', { name: words.wrong.ground })).toBeTruthy();
    expect(screen.queryByRole('radio', { name: /^others_rights/ })).toBeNull();
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(sent).not.toHaveBeenCalled();
  });

  it('with gaps of a template is not sent', () => {
    choose(words.act.answer);
    press(words.templateIn.ru);
    write(words.template.correction);
    press(words.submit.answer);
    expect(screen.getByRole('link', { name: words.wrong.gaps })).toBeTruthy();
    expect(sent).not.toHaveBeenCalled();
  });

  it('is sent only after a second word, which warns of the wrong language', async () => {
    choose(words.act.answer);
    write('Hello. We have corrected your second name in the account.');
    press(words.submit.answer);
    const dialog = screen.getByRole('alertdialog');
    expect(dialog.textContent).toContain(words.otherLanguage.ru);
    expect(dialog.textContent).toContain(words.sureText.answer);
    expect(sent).not.toHaveBeenCalled();
    const confirm = [...dialog.querySelectorAll('button')].find((one) => one.textContent === words.submit.answer);
    fireEvent.click(confirm!);
    await vi.waitFor(() => expect(sent).toHaveBeenCalledTimes(1));
  });
});
