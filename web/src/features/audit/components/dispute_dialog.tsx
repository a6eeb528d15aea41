import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { DisputeReason } from '../../../shared/api/types';
import { Button } from '../../../shared/ui/button';
import { ErrorNotice } from '../../../shared/ui/error_notice';
import '../../../shared/ui/confirm_dialog.css';
import { disputeEntry, kDisputeReasons } from '../api/entries';

interface DisputeDialogProps {
  entryId: string;
  reasons?: readonly DisputeReason[] | undefined;
  onClose: () => void;
}

/** The second tap of two: choosing a reason sends the objection. */
export function DisputeDialog({ entryId, reasons = kDisputeReasons, onClose }: DisputeDialogProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<DisputeReason>();
  const dispute = useMutation({
    mutationFn: (reason: DisputeReason) => disputeEntry(entryId, reason),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['mine'] });
      onClose();
    },
  });
  return (
    <ModalOverlay
      className="dialog-ground"
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className="dialog-frame">
        <Dialog className="dialog" role="alertdialog">
          <Heading slot="title">{t('who.disputeTitle')}</Heading>
          <p>{t('who.disputeText')}</p>
          <ErrorNotice error={dispute.error} />
          <div className="stack-s">
            {reasons.map((reason) => (
              <Button
                key={reason}
                look="secondary"
                pending={dispute.isPending && chosen === reason}
                onClick={() => {
                  setChosen(reason);
                  dispute.mutate(reason);
                }}
              >
                {t(`who.reason.${reason}`)}
              </Button>
            ))}
            <button type="button" className="link" onClick={onClose}>
              {t('common.cancel')}
            </button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
