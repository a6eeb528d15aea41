import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DigitalId } from '../../../shared/api/types';
import { NeedsLevel } from '../../../shared/session/needs_level';
import { ButtonLink } from '../../../shared/ui/button';
import { Loaded } from '../../../shared/ui/loaded';
import { Notice } from '../../../shared/ui/notice';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { kDigitalIdKey, useDigitalId, type DigitalIdHere } from '../api/digital_id';
import { MakeDigitalId } from '../components/make_digital_id';
import { ShowDigitalId } from '../components/show_digital_id';

export function DigitalIdPage() {
  const { t } = useTranslation();
  return (
    <NeedsLevel of="digital_id" title={t('digital_id.title')}>
      <OpenDigitalId />
    </NeedsLevel>
  );
}

function OpenDigitalId() {
  const { t } = useTranslation();
  const here = useDigitalId();
  if (here.data !== undefined) return <KnownDigitalId here={here.data} />;
  return (
    <Screen back="/home" header={t('digital_id.title')} wide>
      <PageTitle>{t('digital_id.title')}</PageTitle>
      <Loaded query={here} blocks={[56, 320, 120]}>
        {() => null}
      </Loaded>
    </Screen>
  );
}

function KnownDigitalId({ here }: { here: DigitalIdHere }) {
  const queries = useQueryClient();
  const { digitalId, local, isOffline } = here;
  const again = () => void queries.invalidateQueries({ queryKey: kDigitalIdKey });
  const isHere = local !== undefined && (isOffline || digitalId.device?.device_id === local.device_id);
  if (isHere) return <ShowDigitalId digitalId={digitalId} device={local} isOffline={isOffline} />;
  if (!digitalId.eligible) return <Obstacles digitalId={digitalId} />;
  return (
    <MakeDigitalId
      other={digitalId.device}
      wasRemoved={local !== undefined}
      onMade={again}
    />
  );
}

function Obstacles({ digitalId }: { digitalId: DigitalId }) {
  const { t } = useTranslation();
  const { obstacles } = digitalId;
  const lead = obstacles.includes('not_verified') ? (
    <ButtonLink to="/level">{t('level.lead')}</ButtonLink>
  ) : obstacles.includes('no_passport') || obstacles.includes('birth_date_unknown') ? (
    <ButtonLink to="/documents">{t('digital_id.toDocuments')}</ButtonLink>
  ) : (
    <ButtonLink to="/home">{t('error.toHome')}</ButtonLink>
  );
  return (
    <Screen back="/home" header={t('digital_id.title')} actions={lead}>
      <div className="screen__head">
        <PageTitle tab={t('digital_id.title')}>{t('digital_id.obstacleTitle')}</PageTitle>
        <p className="screen__lead">{t('digital_id.lead')}</p>
      </div>
      <Notice>
        {obstacles.map((one) => (
          <p key={one}>{t(`digital_id.obstacle.${one}`)}</p>
        ))}
      </Notice>
    </Screen>
  );
}
