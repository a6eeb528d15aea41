// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../api/problem';
import cabinet from '../i18n/cabinet.ru.json';
import ru from '../i18n/ru.json';
import { Choice } from './choice';
import { ErrorSummary } from './error_summary';
import { TextArea } from './text_area';
import { useForm } from './use_form';

beforeAll(async () => {
  Element.prototype.scrollIntoView = vi.fn();
  await i18next.use(initReactI18next).init({
    lng: 'ru',
    resources: { ru: { translation: { ...ru, ...cabinet } } },
    showSupportNotice: false,
  });
});
afterEach(cleanup);

function problem(reason: string): ProblemError {
  const type = `urn:beresta:problem:${reason}`;
  return new ProblemError({ type, title: 'Слишком длинно', detail: 'Сократите', status: 400, instance: '' });
}

function Form({ answer }: { answer?: ProblemError }) {
  const form = useForm(['kind', 'words'] as const, { 'request.text_too_long': 'words' });
  const send = () => {
    if (answer !== undefined) return form.refuse(answer);
    form.check({ kind: 'Выберите вид', words: 'Напишите словами' });
  };
  return (
    <>
      <Choice
        id={form.idOf('kind')}
        name="kind"
        legend="Вид"
        chosen={null}
        error={form.of('kind')}
        items={[{ value: 'copy', label: 'Копия' }]}
        onChoose={() => form.touch('kind')}
      />
      <TextArea
        id={form.idOf('words')}
        label="Слова"
        value=""
        charactersMax={10}
        error={form.of('words')}
        onChange={() => form.touch('words')}
      />
      <ErrorSummary form={form} />
      <button onClick={send}>Отправить</button>
    </>
  );
}

const press = () => fireEvent.click(screen.getByRole('button', { name: 'Отправить' }));
const summary = () => screen.getByText(cabinet.form.notSent).closest('.error-summary');

describe('a form that cannot be sent', () => {
  it('tells everything at once, takes the focus to it at each attempt and leads to each field', () => {
    render(<Form />);
    press();
    expect(document.activeElement).toBe(summary());
    expect(screen.getByRole('textbox').getAttribute('aria-invalid')).toBe('true');
    fireEvent.click(screen.getByRole('link', { name: 'Напишите словами' }));
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
    fireEvent.click(screen.getByRole('link', { name: 'Выберите вид' }));
    expect(document.activeElement).toBe(screen.getByRole('radio'));
    press();
    expect(document.activeElement).toBe(summary());
  });

  it('drops an error when its field changes, and keeps the others', () => {
    render(<Form />);
    press();
    fireEvent.click(screen.getByRole('radio'));
    expect(screen.queryByText('Выберите вид')).toBeNull();
    expect(screen.getAllByText('Напишите словами')).toHaveLength(2);
  });

  it('puts what the server refuses by its field, and the rest as a whole', () => {
    const { unmount } = render(<Form answer={problem('request.text_too_long')} />);
    press();
    expect(screen.getByRole('link', { name: 'Слишком длинно. Сократите' })).toBeTruthy();
    expect(screen.getByRole('textbox').getAttribute('aria-invalid')).toBe('true');
    unmount();
    render(<Form answer={problem('request.too_many')} />);
    press();
    expect(screen.getByText('Слишком длинно').closest('.error-summary')).toBe(document.activeElement);
    expect(screen.getByRole('textbox').getAttribute('aria-invalid')).toBeNull();
  });
});
