/**
 * Whom an action is going to mail, written in the transaction that changes the users, so that no mail is lost when the process ends
 * before it lies in the outbox, which is another file.
 */
export const mailIntents = `
CREATE TABLE mail_intents (
  -- The action: id of its job, or one of its own. The outbox has each user once in a campaign.
  campaign TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  -- How the user was before: see stateBefore in shared/email/mailPlan.ts.
  state_before INTEGER NOT NULL,
  -- 1: something changed that a mail tells
  mailed_change INTEGER NOT NULL,
  -- 1: the action mails users whose data changed, too
  mails_updates INTEGER NOT NULL,
  noted_at INTEGER NOT NULL,
  PRIMARY KEY (campaign, user_id)
) STRICT, WITHOUT ROWID;
`;
