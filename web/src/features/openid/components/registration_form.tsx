import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { kClaimNames } from '../../../shared/api/party_consent_schema';
import type { Registration } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { FieldGroup } from '../../../shared/ui/field';
import { TextArea } from '../../../shared/ui/text_area';
import { TextField } from '../../../shared/ui/text_field';
import { useFieldErrors } from '../../../shared/ui/use_field_errors';
import '../pages/openid_cards.css';
import {
  faultsOf,
  kLists,
  kRareWords,
  kRegistrationReasons,
  kWords,
  readKeys,
  type RegistrationField,
} from '../registration_check';

interface RegistrationFormProps {
  initial?: Registration;
  pending: boolean;
  error: unknown;
  onSubmit: (registration: Registration) => void;
}

const kEmpty: Registration = {
  name_ru: '',
  name_en: '',
  purpose_ru: '',
  purpose_en: '',
  token_endpoint_auth_method: 'client_secret_basic',
  redirect_uris: [],
  claims: [],
};
const kFlags = [
  'offline_access',
  'device_grant',
  'introspects_all',
  'par_required',
  'dpop_required',
  'signed_userinfo',
] as const;
const kMethods = ['client_secret_basic', 'private_key_jwt', 'none'] as const;
const kRareFields: readonly RegistrationField[] = [...kRareWords, 'service_scopes'];

type Words = (typeof kWords | typeof kRareWords)[number] | 'jwks_uri';
type List = (typeof kLists)[number];

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What was typed: lists and keys as text, until the form is sent. */
function useDraft(initial: Registration) {
  const [draft, setDraft] = useState(initial);
  const [texts, setTexts] = useState(() =>
    Object.fromEntries(kLists.map((name) => [name, (initial[name] ?? []).join('\n')])),
  );
  const [keys, setKeys] = useState(initial.jwks ? JSON.stringify(initial.jwks, null, 2) : '');
  const written = (): Registration => {
    const made = { ...draft };
    delete made.jwks;
    for (const name of kLists) {
      const lines = linesOf(texts[name] ?? '');
      if (lines.length > 0 || made[name] !== undefined) made[name] = lines;
    }
    return made;
  };
  return { draft, setDraft, texts, setTexts, keys, setKeys, written };
}

/** Everything a party is bound to; what is not here it cannot ask for. */
export function RegistrationForm({ initial = kEmpty, pending, error, onSubmit }: RegistrationFormProps) {
  const { t } = useTranslation();
  const { draft, setDraft, texts, setTexts, keys, setKeys, written } = useDraft(initial);
  const fields = useFieldErrors<RegistrationField>(error, kRegistrationReasons);
  const isByKey = draft.token_endpoint_auth_method === 'private_key_jwt';
  const set = (change: Partial<Registration>) => setDraft({ ...draft, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const registration = written();
    const faults = Object.entries(faultsOf(registration, keys));
    const isFilled = fields.check(Object.fromEntries(faults.map(([name, fault]) => [name, t(`desk.fault.${fault}`)])));
    if (!isFilled || pending) return;
    const jwks = isByKey ? readKeys(keys) : undefined;
    onSubmit(jwks === undefined ? registration : { ...registration, jwks });
  };
  const word = (name: Words) => (
    <TextField
      key={name}
      label={t(`desk.field.${name}`)}
      value={draft[name] ?? ''}
      error={fields.of(name)}
      onChange={(event) => {
        set({ [name]: event.target.value });
        fields.forget(name);
      }}
    />
  );
  const area = (name: List | 'jwks', value: string, onChange: (text: string) => void) => (
    <TextArea
      key={name}
      label={t(`desk.field.${name}`)}
      value={value}
      error={fields.of(name)}
      className="numeric openid-area"
      spellCheck={false}
      onChange={(text) => {
        onChange(text);
        fields.forget(name);
      }}
    />
  );
  const list = (name: List) => area(name, texts[name] ?? '', (text) => setTexts({ ...texts, [name]: text }));
  const [isRareOpen, setIsRareOpen] = useState(false);
  const isRareBad = kRareFields.some((name) => fields.of(name) !== undefined);
  return (
    <form ref={fields.form} className="stack" onSubmit={submit} noValidate>
      {kWords.map(word)}
      {list('redirect_uris')}
      {list('post_logout_redirect_uris')}
      <Checks
        title={t('desk.field.claims')}
        items={kClaimNames.map((name) => ({
          name,
          label: t(`connect.claim.${name}`),
          isOn: draft.claims?.includes(name) ?? false,
        }))}
        onTurn={(name, isOn) =>
          set({ claims: kClaimNames.filter((one) => (one === name ? isOn : draft.claims?.includes(one))) })
        }
      />
      <Method
        value={draft.token_endpoint_auth_method}
        isFixed={initial !== kEmpty}
        onChange={(method) => set({ token_endpoint_auth_method: method })}
      />
      {isByKey && area('jwks', keys, setKeys)}
      {isByKey && word('jwks_uri')}
      <details
        className="openid-rare"
        open={isRareOpen || isRareBad}
        onToggle={(event) => setIsRareOpen(event.currentTarget.open)}
      >
        <summary>{t('desk.rare')}</summary>
        <div className="stack">
          {kRareWords.map(word)}
          {list('service_scopes')}
          <Checks
            title={t('desk.field.flags')}
            items={kFlags.map((name) => ({ name, label: t(`desk.flag.${name}`), isOn: draft[name] ?? false }))}
            onTurn={(name, isOn) => set({ [name]: isOn })}
          />
        </div>
      </details>
      <ErrorNotice error={fields.rest} />
      <Button type="submit" pending={pending}>
        {t('desk.save')}
      </Button>
    </form>
  );
}

interface ChecksProps<Name extends string> {
  title: string;
  items: { name: Name; label: string; isOn: boolean }[];
  onTurn: (name: Name, isOn: boolean) => void;
}

function Checks<Name extends string>({ title, items, onTurn }: ChecksProps<Name>) {
  return (
    <FieldGroup title={title} choice="any" className="openid-checks">
      {items.map(({ name, label, isOn }) => (
        <label key={name}>
          <input type="checkbox" checked={isOn} onChange={(event) => onTurn(name, event.target.checked)} />
          {label}
        </label>
      ))}
    </FieldGroup>
  );
}

interface MethodProps {
  value: Registration['token_endpoint_auth_method'];
  isFixed: boolean;
  onChange: (method: Registration['token_endpoint_auth_method']) => void;
}

function Method({ value, isFixed, onChange }: MethodProps) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t('desk.field.auth')} choice="one" className="openid-checks">
      {kMethods.map((method) => (
        <label key={method}>
          <input
            type="radio"
            name="auth"
            checked={value === method}
            disabled={isFixed}
            onChange={() => onChange(method)}
          />
          {t(`desk.auth.${method}`)}
        </label>
      ))}
    </FieldGroup>
  );
}
