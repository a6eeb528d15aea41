import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { correctedNow } from '../../../shared/api/clock';
import { checkCode, type CheckResult } from '../../../shared/digital_id/check_code';
import { PageTitle } from '../../../shared/ui/page_title';
import { Screen } from '../../../shared/ui/screen';
import { useTrust } from '../api/trust';
import { CameraReader } from '../components/camera_reader';
import { PictureFileReader } from '../components/file_reader';
import { TextReader } from '../components/text_reader';
import { ListAge, TrustNotice } from '../components/trust_notice';
import { VerdictScreen } from '../components/verdict_screen';
import { useDecoder } from '../use_decoder';
import './check_page.css';

interface Checked {
  text: string;
  result: CheckResult;
}

export function CheckPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const trust = useTrust().data;
  const decoder = useDecoder();
  const [isCameraOn, setIsCameraOn] = useState(false);
  const [checked, setChecked] = useState<Checked>();
  const check = async (text: string) => {
    if (trust?.state !== 'ready') return;
    setChecked({ text, result: await checkCode(text, trust.list, correctedNow()) });
  };
  const next = () => {
    setChecked(undefined);
    // Nothing of the person who was checked stays behind.
    queries.removeQueries({ queryKey: ['checked'] });
  };
  if (checked !== undefined) {
    return <VerdictScreen {...checked} age={<ListAge trust={trust} />} onNext={next} />;
  }
  return (
    <Screen wide>
      <div className="check__head">
        <PageTitle>{t('check.title')}</PageTitle>
        <ListAge trust={trust} />
      </div>
      <TrustNotice trust={trust} />
      {trust?.state === 'ready' && (
        <div className="check">
          <CameraReader
            decoder={decoder}
            isOn={isCameraOn}
            onSwitch={setIsCameraOn}
            onText={(text) => void check(text)}
          />
          <div className="stack">
            <p className="screen__lead">{t('check.lead')}</p>
            <PictureFileReader decoder={decoder} onText={(text) => void check(text)} />
            <TextReader onText={(text) => void check(text)} />
          </div>
        </div>
      )}
    </Screen>
  );
}
