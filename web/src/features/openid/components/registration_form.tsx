import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Registration } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { TextField } from '../../../shared/ui/text_field';
import { kClaimNames } from '../../../shared/api/party_consent_schema';
import '../pages/openid_cards.css';

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
const kMethods = ['client_secret_basic', 'private_key_jwt', 'none'] as const;

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Everything a party is bound to; what is not here it cannot ask for. */
export function RegistrationForm({ initial = kEmpty, pending, error, onSubmit }: RegistrationFormProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(initial);
  const [keys, setKeys] = useState(initial.jwks ? JSON.stringify(initial.jwks, null, 2) : '');
  const [areKeysBroken, setAreKeysBroken] = useState(false);
  const set = (change: Partial<Registration>) => setDraft({ ...draft, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const rest = { ...draft };
    delete rest.jwks;
    if (keys.trim() === '') return onSubmit(rest);
    try {
      onSubmit({ ...rest, jwks: JSON.parse(keys) as Record<string, unknown> });
      setAreKeysBroken(false);
    } catch {
      setAreKeysBroken(true);
    }
  };
  const word = (name: (typeof kWords | typeof kRareWords)[number] | typeof kKeyWord) => (
    <TextField
      key={name}
      label={t(`desk.field.${name}`)}
      value={draft[name] ?? ''}
      onChange={(event) => set({ [name]: event.target.value })}
    />
  );
  const list = (name: (typeof kLists)[number] | 'service_scopes') => (
    <Area
      key={name}
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
      <Method value={draft.token_endpoint_auth_method} isFixed={initial !== kEmpty} onChange={(method) => set({ token_endpoint_auth_method: method })} />
      {draft.token_endpoint_auth_method === 'private_key_jwt' && (
        <>
          <Area label={t('desk.field.jwks')} value={keys} onChange={setKeys} isRaw />
          {word(kKeyWord)}
        </>
      )}
      {areKeysBroken && <p className="field__error">{t('desk.jwksBroken')}</p>}
      <details className="openid-rare">
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
      <ErrorNotice error={error} />
      <Button type="submit" pending={pending}>
        {t('desk.save')}
      </Button>
    </form>
  );
}

interface AreaProps {
  label: string;
  value: string;
  /** Kept as typed; otherwise lines are read when the field is left. */
  isRaw?: boolean;
  onChange: (text: string) => void;
}

function Area({ label, value, isRaw = false, onChange }: AreaProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className="openid-area numeric"
        spellCheck={false}
        {...(isRaw
          ? { value, onChange: (event) => onChange(event.target.value) }
          : { defaultValue: value, onBlur: (event) => onChange(event.target.value) })}
      />
    </div>
  );
}

interface ChecksProps<Name extends string> {
  title: string;
  items: { name: Name; label: string; isOn: boolean }[];
  onTurn: (name: Name, isOn: boolean) => void;
}

function Checks<Name extends string>({ title, items, onTurn }: ChecksProps<Name>) {
  return (
    <fieldset className="openid-checks">
      <legend className="field__label">{title}</legend>
      {items.map(({ name, label, isOn }) => (
        <label key={name}>
          <input type="checkbox" checked={isOn} onChange={(event) => onTurn(name, event.target.checked)} />
          {label}
        </label>
      ))}
    </fieldset>
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
    <fieldset className="openid-checks">
      <legend className="field__label">{t('desk.field.auth')}</legend>
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
