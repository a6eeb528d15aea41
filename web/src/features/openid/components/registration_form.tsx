import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Registration } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { ErrorSummary } from '../../../shared/ui/error_summary';
import { TextField } from '../../../shared/ui/text_field';
import { useForm, type FormErrors } from '../../../shared/ui/use_form';
import { kClaimNames } from '../../../shared/api/party_consent_schema';
import '../pages/openid_cards.css';

interface RegistrationFormProps {
  initial?: Registration;
  pending: boolean;
  /** Tells the form how the server answered: what it refuses is shown by its field. */
  onSubmit: (registration: Registration, refuse: (error: unknown) => void) => void;
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
const kWords = ['name_ru', 'name_en', 'purpose_ru', 'purpose_en'] as const;
const kLists = ['redirect_uris', 'post_logout_redirect_uris'] as const;
const kKeyWord = 'jwks_uri';
const kRareWords = ['sector', 'sector_identifier_uri', 'backchannel_logout_uri'] as const;
const kFlags = [
  'offline_access',
  'device_grant',
  'introspects_all',
  'par_required',
  'dpop_required',
  'signed_userinfo',
] as const;
const kFields = [
  ...kWords,
  ...kLists,
  'claims',
  'auth',
  'jwks',
  kKeyWord,
  ...kRareWords,
  'service_scopes',
  'flags',
] as const;
type Field = (typeof kFields)[number];
const kReasons: Readonly<Record<string, Field>> = {
  'relying_party.uri': 'redirect_uris',
  'relying_party.nothing': 'redirect_uris',
  'relying_party.claim': 'claims',
  'relying_party.auth': 'auth',
  'relying_party.public_service': 'auth',
  'relying_party.keys': 'jwks',
  'relying_party.sector': 'sector',
  'relying_party.sector_identifier_uri': 'sector_identifier_uri',
  'relying_party.scope': 'service_scopes',
};
const kMethods = ['client_secret_basic', 'private_key_jwt', 'none'] as const;

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Everything a party is bound to; what is not here it cannot ask for. */
export function RegistrationForm({ initial = kEmpty, pending, onSubmit }: RegistrationFormProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(initial);
  const [keys, setKeys] = useState(initial.jwks ? JSON.stringify(initial.jwks, null, 2) : '');
  const [isRareOpen, setIsRareOpen] = useState(false);
  const form = useForm<Field>(kFields, kReasons);
  const missing = useMissing();
  const set = (change: Partial<Registration>) => {
    setDraft({ ...draft, ...change });
    for (const name of Object.keys(change)) form.touch(name as Field);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const rest = { ...draft };
    delete rest.jwks;
    const jwks = parseKeys(keys);
    const isClean = form.check({ ...missing(draft), jwks: jwks === 'broken' ? t('desk.jwksBroken') : undefined });
    if (isClean && !pending) onSubmit(typeof jwks === 'object' ? { ...rest, jwks } : rest, form.refuse);
  };
  const word = (name: (typeof kWords | typeof kRareWords)[number] | typeof kKeyWord) => (
    <TextField
      key={name}
      {...tied(form, name)}
      label={t(`desk.field.${name}`)}
      value={draft[name] ?? ''}
      onChange={(event) => set({ [name]: event.target.value })}
    />
  );
  const list = (name: (typeof kLists)[number] | 'service_scopes') => (
    <Area
      key={name}
      {...tied(form, name)}
      label={t(`desk.field.${name}`)}
      value={(draft[name] ?? []).join('\n')}
      onChange={(text) => set({ [name]: lines(text) })}
    />
  );
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {kWords.map(word)}
      {kLists.map(list)}
      <Checks
        {...tied(form, 'claims')}
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
      <Method {...tied(form, 'auth')} value={draft.token_endpoint_auth_method} isFixed={initial !== kEmpty} onChange={(method) => set({ token_endpoint_auth_method: method })} />
      {draft.token_endpoint_auth_method === 'private_key_jwt' && (
        <>
          <Area {...tied(form, 'jwks')} label={t('desk.field.jwks')} value={keys} onChange={setKeys} isRaw />
          {word(kKeyWord)}
        </>
      )}
      <details className="openid-rare" open={isRareOpen || isRareWrong(form)} onToggle={(event) => setIsRareOpen(event.currentTarget.open)}>
        <summary>{t('desk.rare')}</summary>
        <div className="stack">
          {kRareWords.map(word)}
          {list('service_scopes')}
          <Checks
            {...tied(form, 'flags')}
            title={t('desk.field.flags')}
            items={kFlags.map((name) => ({ name, label: t(`desk.flag.${name}`), isOn: draft[name] ?? false }))}
            onTurn={(name, isOn) => set({ [name]: isOn })}
          />
        </div>
      </details>
      <ErrorSummary form={form} />
      <Button type="submit" pending={pending}>
        {t('desk.save')}
      </Button>
    </form>
  );
}

const tied = (form: FormErrors<Field>, field: Field): Tied => ({ id: form.idOf(field), error: form.of(field) });

/** A lid over a field that is wrong would hide why nothing was saved. */
function isRareWrong(form: FormErrors<Field>): boolean {
  return [...kRareWords, 'service_scopes' as const, 'flags' as const].some((name) => form.of(name) !== undefined);
}

function parseKeys(text: string): Record<string, unknown> | 'none' | 'broken' {
  if (text.trim() === '') return 'none';
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return 'broken';
  }
}

/** What cannot be empty, all of it at once: the server would tell one at a time. */
function useMissing() {
  const { t } = useTranslation();
  return (draft: Registration) =>
    Object.fromEntries(
      kWords
        .filter((name) => draft[name].trim() === '')
        .map((name) => [name, t('desk.missing', { field: t(`desk.field.${name}`) })]),
    ) as Partial<Record<Field, string>>;
}

interface Tied {
  id: string;
  error: string | undefined;
}

function FieldError({ id, error }: Tied) {
  if (error === undefined) return null;
  return (
    <p className="field__error" id={`${id}-error`}>
      {error}
    </p>
  );
}

interface AreaProps extends Tied {
  label: string;
  value: string;
  /** Kept as typed; otherwise lines are read when the field is left. */
  isRaw?: boolean;
  onChange: (text: string) => void;
}

function Area({ id, error, label, value, isRaw = false, onChange }: AreaProps) {
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className="openid-area numeric"
        spellCheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        {...(isRaw
          ? { value, onChange: (event) => onChange(event.target.value) }
          : { defaultValue: value, onBlur: (event) => onChange(event.target.value) })}
      />
      <FieldError id={id} error={error} />
    </div>
  );
}

interface ChecksProps<Name extends string> extends Tied {
  title: string;
  items: { name: Name; label: string; isOn: boolean }[];
  onTurn: (name: Name, isOn: boolean) => void;
}

function Checks<Name extends string>({ id, error, title, items, onTurn }: ChecksProps<Name>) {
  return (
    <fieldset id={id} className="openid-checks">
      <legend className="field__label">{title}</legend>
      <FieldError id={id} error={error} />
      {items.map(({ name, label, isOn }) => (
        <label key={name}>
          <input type="checkbox" checked={isOn} onChange={(event) => onTurn(name, event.target.checked)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

interface MethodProps extends Tied {
  value: Registration['token_endpoint_auth_method'];
  isFixed: boolean;
  onChange: (method: Registration['token_endpoint_auth_method']) => void;
}

function Method({ id, error, value, isFixed, onChange }: MethodProps) {
  const { t } = useTranslation();
  return (
    <fieldset id={id} className="openid-checks">
      <legend className="field__label">{t('desk.field.auth')}</legend>
      <FieldError id={id} error={error} />
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
    </fieldset>
  );
}
