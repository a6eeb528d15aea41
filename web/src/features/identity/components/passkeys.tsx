import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Passkey } from '../../../shared/api/types';
import { formatMoment } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Button } from '../../../shared/ui/button';
import { Chip } from '../../../shared/ui/chip';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { TextField } from '../../../shared/ui/text_field';
import {
  addPasskey,
  removePasskey,
  renamePasskey,
  startPasskeyCreation,
} from '../api/authenticators';
import { deviceName } from '../device_name';
import { canUsePasskeys, createPasskey } from '../webauthn';
import { ProveAgain, useProvenChange } from './prove_again';

export function Passkeys({ passkeys }: { passkeys: Passkey[] }) {
  const { t } = useTranslation();
  return (
    <section className="stack-s">
      <h2>{t('security.passkeys')}</h2>
      <p className="soft">{t('security.passkeysText')}</p>
      {passkeys.length > 0 && (
        <ul className="sessions">
          {passkeys.map((one) => (
            <PasskeyCard key={one.passkey_id} passkey={one} />
          ))}
        </ul>
      )}
      {canUsePasskeys() ? <AddPasskey /> : <p className="soft">{t('security.noPasskeys')}</p>}
    </section>
  );
}

function AddPasskey() {
  const { t } = useTranslation();
  const add = useProvenChange(
    async () => addPasskey(deviceName(navigator.userAgent), await createPasskey(await startPasskeyCreation())),
    () => undefined,
  );
  if (add.mustProve) {
    return <ProveAgain onProven={() => add.run.mutate()} onCancel={() => add.run.reset()} />;
  }
  return (
    <div className="stack-s">
      <div>
        <Button look="secondary" pending={add.run.isPending} onClick={() => add.run.mutate()}>
          {t('security.addPasskey')}
        </Button>
      </div>
      <PasskeyError error={add.error} />
    </div>
  );
}

/** The device says no by a DOMException that means little to people. */
export function PasskeyError({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (!(error instanceof DOMException)) return <ErrorNotice error={error} />;
  const isHere = error.name === 'InvalidStateError';
  return (
    <p role="alert" className="soft">
      {t(isHere ? 'security.passkeyHere' : 'security.passkeyCancelled')}
    </p>
  );
}

function PasskeyCard({ passkey }: { passkey: Passkey }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [name, setName] = useState<string>();
  const rename = useProvenChange(
    () => renamePasskey(passkey.passkey_id, name ?? ''),
    () => setName(undefined),
  );
  const remove = useProvenChange(
    () => removePasskey(passkey.passkey_id),
    () => undefined,
  );
  const used = passkey.last_used_at ?? passkey.made_at;
  if (remove.mustProve) {
    return (
      <li className="session">
        <ProveAgain onProven={() => remove.run.mutate()} onCancel={() => remove.run.reset()} />
      </li>
    );
  }
  return (
    <li className="session">
      <div className="session__head">
        <h3>{passkey.name}</h3>
        {passkey.synced && <Chip>{t('security.synced')}</Chip>}
      </div>
      <p className="soft small">
        {t(passkey.last_used_at === undefined ? 'security.made' : 'security.used', {
          moment: formatMoment(used, language),
        })}
      </p>
      {name === undefined ? (
        <div className="pair">
          <Button look="secondary" onClick={() => setName(passkey.name)}>
            {t('security.rename')}
          </Button>
          <Button look="secondary" pending={remove.run.isPending} onClick={() => remove.run.mutate()}>
            {t('security.remove')}
          </Button>
        </div>
      ) : (
        <>
          <TextField
            label={t('security.passkeyName')}
            value={name}
            maxLength={30}
            onChange={(event) => setName(event.target.value)}
          />
          <Button pending={rename.run.isPending} onClick={() => rename.run.mutate()}>
            {t('security.saveName')}
          </Button>
        </>
      )}
      <ErrorNotice error={rename.error ?? remove.error} />
    </li>
  );
}
