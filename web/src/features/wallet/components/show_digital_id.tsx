import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device, DigitalId, Question } from '../../../shared/api/types';
import { BlockedNotice } from '../../../shared/session/blocked_notice';
import { kBlockable } from '../../../shared/session/blocks';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useDocuments } from '../api/documents';
import { useStock } from '../use_stock';
import { CheckerSeesCard } from './checker_sees_card';
import { ClockWarning } from './clock_warning';
import { CodePanel } from './code_panel';
import { NoPermission } from './no_permission';
import { QuestionChoice } from './question_choice';
import { RemoveDevice } from './remove_device';
import './show_digital_id.css';

interface ShowDigitalIdProps {
  digitalId: DigitalId;
  device: Device;
  isOffline: boolean;
}

export function ShowDigitalId({ digitalId, device, isOffline }: ShowDigitalIdProps) {
  const { t } = useTranslation();
  const [question, setQuestion] = useState<Question>('age_over_18');
  const stock = useStock(digitalId, device, isOffline);
  const state = digitalId.questions.find((one) => one.question === question);
  const permission = useDocuments(!isOffline).data?.permission.state ?? 'granted';
  const isClosed = permission !== 'granted' && state?.state !== 'ready';
  return (
    <Screen back="/home" header={t('digital_id.title')} wide>
      <div className="show-id__title">
        <PageTitle>{t('digital_id.title')}</PageTitle>
      </div>
      <BlockedNotice needs={kBlockable} />
      <QuestionChoice value={question} onChange={setQuestion} />
      <div className="show-id">
        {isClosed ? (
          <NoPermission state={permission} />
        ) : (
          <CodePanel key={question} question={question} state={state} stock={stock} />
        )}
        <div className="show-id__words">
          {state?.checker_sees && (
            <CheckerSeesCard question={question} sees={state.checker_sees} />
          )}
          <ClockWarning />
          {state?.state === 'ready' && (
            <>
              <p className="soft small">{t('digital_id.bright')}</p>
              <p className="soft small">{t('digital_id.still')}</p>
            </>
          )}
          <RemoveDevice device={device} isOffline={isOffline} />
        </div>
      </div>
    </Screen>
  );
}
