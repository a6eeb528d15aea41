import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import type { DataBlock } from '../../../shared/api/types';
import { formatDay, formatTime } from '../../../shared/i18n/format';
import { useLanguage } from '../../../shared/i18n/language';
import { useTurnBlock, type Blockable } from '../../../shared/session/blocks';
import { Button } from '../../../shared/ui/button';
import { Chip } from '../../../shared/ui/chip';
import { ConfirmDialog } from '../../../shared/ui/confirm_dialog';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import { LockIcon } from '../../../shared/ui/icons';
import { Notice } from '../../../shared/ui/notice';
import { Fact } from '../../../shared/ui/rows';

interface BlockCardProps {
  category: Blockable;
  block: DataBlock | undefined;
}

/** One kind of data: whether it is used, since when not, and the one button that changes it. */
export function BlockCard({ category, block }: BlockCardProps) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const turn = useTurnBlock(category, () => setIsAsking(false));
  const isBlocked = block !== undefined;
  const title = t(`blocks.kind.${category}.title`);
  const act = t(isBlocked ? 'blocks.lift' : 'blocks.block');
  const press = () => {
    turn.reset();
    if (isBlocked) turn.mutate(false);
    else setIsAsking(true);
  };
  return (
    <section className="paper">
      <h2>{title}</h2>
      <p className="soft">{t(`blocks.kind.${category}.what`)}</p>
      <div>
        <Chip look={isBlocked ? 'calm' : 'good'}>
          {isBlocked && <LockIcon size={16} />}
          {t(isBlocked ? 'blocks.isBlocked' : 'blocks.isUsed')}
        </Chip>
      </div>
      {isBlocked ? <BlockFacts block={block} /> : <p>{t(`blocks.kind.${category}.stops`)}</p>}
      {turn.isSuccess && (
        <Notice look="good" announce>
          <p>{t(isBlocked ? 'blocks.done' : 'blocks.lifted')}</p>
        </Notice>
      )}
      {!isAsking && <ErrorNotice error={turn.error} />}
      {block?.reason !== 'checked' && (
        <Button look="secondary" aria-label={`${act}: ${title}`} pending={turn.isPending} onClick={press}>
          {act}
        </Button>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t(`blocks.kind.${category}.ask`)}
          text={t(`blocks.kind.${category}.askText`)}
          confirm={t('blocks.block')}
          pending={turn.isPending}
          error={turn.error}
          onConfirm={() => turn.mutate(true)}
          onClose={() => setIsAsking(false)}
        />
      )}
    </section>
  );
}

function BlockFacts({ block }: { block: DataBlock }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { reason, request_id, blocked_at } = block;
  const why = reason === 'asked' && request_id === undefined ? 'own' : reason;
  return (
    <dl className="facts">
      <Fact name={t('blocks.since')}>
        {formatDay(blocked_at, language)}, {formatTime(blocked_at, language)}
      </Fact>
      <Fact name={t('blocks.until')}>
        {t(reason === 'checked' ? 'blocks.untilChecked' : 'blocks.untilLifted')}
      </Fact>
      <Fact name={t('blocks.why')}>
        {request_id === undefined ? (
          t(`blocks.reason.${why}`)
        ) : (
          <Link to={`/requests/${request_id}`}>{t(`blocks.reason.${why}`)}</Link>
        )}
      </Fact>
    </dl>
  );
}
