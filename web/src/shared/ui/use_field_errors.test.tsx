// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState, type FormEvent } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../api/problem';
import { FieldGroup } from './field';
import { TextArea } from './text_area';
import { TextField } from './text_field';
import { errorsOf, useFieldErrors } from './use_field_errors';

const kReasons = { 'phone.malformed': 'phone' } as const;

function refusal(reason: string): ProblemError {
  const type = `urn:beresta:problem:${reason}`;
  return new ProblemError({ type, title: 'Нет', detail: 'Проверьте.', status: 400, instance: '/' });
}

interface TrialProps {
  problem?: unknown;
  onSent?: () => void;
}

function Trial({ problem = null, onSent }: TrialProps) {
  const [name, setName] = useState('');
  const fields = useFieldErrors<'name' | 'phone' | 'kind' | 'words'>(problem, kReasons);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const empty = name === '' ? 'Введите' : undefined;
    if (fields.check({ name: empty, kind: empty, words: empty })) onSent?.();
  };
  return (
    <form ref={fields.form} onSubmit={submit}>
      <FieldGroup title="Вид" choice="any" error={fields.of('kind')} className="">
        <input type="checkbox" aria-label="Первый" />
      </FieldGroup>
      <TextField
        label="Имя"
        hint="Как в паспорте"
        error={fields.of('name')}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
          fields.forget('name');
        }}
      />
      <TextField label="Телефон" error={fields.of('phone')} />
      <TextArea label="Слова" value="" error={fields.of('words')} onChange={() => undefined} />
      <button type="submit">Дальше</button>
      <p>{fields.rest === null ? 'ничего' : 'общее'}</p>
    </form>
  );
}

afterEach(cleanup);
const press = () => fireEvent.click(screen.getByText('Дальше'));
const described = (label: string) => {
  const ids = screen.getByLabelText(label).getAttribute('aria-describedby') ?? '';
  return ids.split(' ').map((id) => document.getElementById(id)?.textContent ?? '');
};

describe('errors of a form', () => {
  it('stand at their fields, tied to them, and the first bad one gets the focus', () => {
    render(<Trial />);
    press();
    expect(document.activeElement).toBe(screen.getByLabelText('Первый'));
    expect(screen.getByLabelText('Имя').getAttribute('aria-invalid')).toBe('true');
    expect(described('Имя')).toEqual(['Как в паспорте', 'Введите']);
    expect(described('Слова')).toEqual(['Введите']);
    expect(document.querySelector('fieldset')?.getAttribute('aria-describedby')).toBeTruthy();
  });

  it('go when the field is corrected, and the form goes out then', () => {
    let sent = 0;
    render(<Trial onSent={() => (sent += 1)} />);
    press();
    fireEvent.change(screen.getByLabelText('Имя'), { target: { value: 'Алсу' } });
    expect(screen.getByLabelText('Имя').getAttribute('aria-invalid')).toBeNull();
    expect(sent).toBe(0);
    press();
    expect(sent).toBe(1);
  });

  it('of the server are led to the field they are about, with the focus', () => {
    const { rerender } = render(<Trial />);
    rerender(<Trial problem={refusal('phone.malformed')} />);
    expect(document.activeElement).toBe(screen.getByLabelText('Телефон'));
    expect(described('Телефон')).toEqual(['Нет. Проверьте.']);
    expect(screen.queryByText('ничего')).not.toBeNull();
  });

  it('of the server that are about no field stay with the form', () => {
    render(<Trial problem={refusal('store.busy')} />);
    expect(screen.queryByText('общее')).not.toBeNull();
    expect(errorsOf(refusal('constructor'), kReasons)).toEqual({});
  });
});
