/** For payments that are not ours: no row of `payments` stands behind them. */
export const WITHOUT_PAYMENTS = `
	alter table screened_payments drop constraint screened_payments_merchant_id_payment_id_fkey;
	alter table fraud_decisions drop constraint fraud_decisions_merchant_id_payment_id_fkey;
	alter table fraud_labels drop constraint fraud_labels_merchant_id_payment_id_fkey;
	alter table merchant_hours drop constraint merchant_hours_merchant_id_fkey`
