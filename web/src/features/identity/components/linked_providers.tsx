import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkedProvider } from '../../../shared/api/types';
import { formatDay } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { Button } from '../../../shared/ui/button';
import { ConfirmDialog } from '../../../shared/ui/confirm_dialog';
import { Loaded } from '../../../shared/ui/loaded';
import { useLinkedProviders, useUnlink } from '../api/linked_providers';
import { useProviders } from '../api/identity_provider';
import { ProviderButtons } from './provider_buttons';

/** The services behind this account: what each link is for, undoing one, adding another. */
export function LinkedProviders({ titled = true }: { titled?: boolean }) {
  const { t } = useTranslation();
  const linked = useLinkedProviders();
  const others = useProviders().filter(
    (one) => linked.data?.providers.some(({ id }) => id === one.id) === false,
  );
  return (
    <section className="stack-s">
      {titled && <h2>{t('linked.title')}</h2>}
      <Loaded query={linked} blocks={[72]}>
        {({ providers }) =>
          providers.length === 0 ? (
            <p className="soft">{t('linked.none')}</p>
          ) : (
            providers.map((one) => <Linked key={one.id} provider={one} />)
          )
        }
      </Loaded>
      {linked.data && linked.data.providers.length > 0 && others.length > 0 && (
        <div className="stack-s">
          <p className="soft small">{t('linked.more')}</p>
          <ProviderButtons
            intent="raise"
            among={others.map((one) => one.id)}
            words={(provider) => t('linked.add', { provider })}
          />
        </div>
      )}
    </section>
  );
}

function Linked({ provider }: { provider: LinkedProvider }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [isAsking, setIsAsking] = useState(false);
  const unlink = useUnlink(() => setIsAsking(false));
  const name = language === 'ru' ? provider.name_ru : provider.name_en;
  const days = {
    linked: formatDay(provider.linked_at, language),
    used: formatDay(provider.last_used_at, language),
  };
  return (
    <div className="stack-s">
      <p>
        <strong>{name}</strong>
        <br />
        <span className="soft small">{t('linked.days', days)}</span>
      </p>
      {provider.last_way_in ? (
        <p className="soft small">{t('linked.lastWayIn')}</p>
      ) : (
        <div>
          <Button look="secondary" onClick={() => setIsAsking(true)}>
            {t('linked.undo', { provider: name })}
          </Button>
        </div>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t('linked.undoTitle', { provider: name })}
          text={`${t(provider.last_proof ? 'linked.undoLast' : 'linked.undoOther')} ${t('linked.undoThere', { provider: name })}`}
          confirm={t('linked.undoConfirm')}
          pending={unlink.isPending}
          error={unlink.error}
          onConfirm={() => unlink.mutate(provider.id)}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  );
}
