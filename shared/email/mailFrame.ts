/** Where each host serves the empty document in which the page shows a mail, with a policy of its own. */
export const mailFramePath = '/mail-frame.html';
