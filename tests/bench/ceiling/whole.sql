-- One payment taken, screened and settled: the statements of its three transactions, one by one.
\set n random(1, 9000000000000000)
begin;
insert into idempotency_keys (merchant_id, livemode, route, key, fingerprint, resource_id, status_code, response, locked_until, finished_at)
	values (:merchant, false, 'POST /payments', 'key_' || (:n)::text, sha256('a payment'), 'pay_' || (:n)::text, 201, :body, now() + interval '10 seconds', now());
insert into payments (id, merchant_id, status, reference, amount_minor, currency, capture_method, description, metadata, gateway, payment_method, payer_present, livemode, cause_kind, cause_ref, next_check_at)
	values ('pay_' || (:n)::text, :merchant, 'screening', 'TH-BENCH', 1999, 'eur', 'automatic', 'Two mugs', '{"order":"10023"}', 'stripe', 'pm_card_visa', false, false, 'api', 'key', now() + interval '1 minute');
insert into events (id, merchant_id, type, payment_id, object)
	values ('evt_1_' || (:n)::text, :merchant, 'payment.created', 'pay_' || (:n)::text, (:body)::text::json);
insert into pgboss.job (id, name, data, retry_limit, retry_delay, retry_backoff, expire_seconds, deletion_seconds, heartbeat_seconds, dead_letter, policy, keep_until)
	values (md5((:n)::text)::uuid, 'payments.process', json_build_object('paymentId', 'pay_' || (:n)::text), 8, 2, true, 120, 604800, 15, 'dead-letters', 'standard', now() + interval '365 days');
commit;
begin;
update payments set status = 'processing', card_brand = 'visa', card_last4 = '4242', card_exp_month = 12, card_exp_year = 2030,
	card_country = 'US', card_fingerprint = 'bench', risk_score = 35, risk_decision = 'allow', cause_kind = 'job'
	where id = 'pay_' || (:n)::text;
insert into payment_attempts (id, merchant_id, payment_id, number, provider, status, request)
	values ('att_' || (:n)::text, :merchant, 'pay_' || (:n)::text, 1, 'stripe', 'sent', '{"amountMinor": "1999", "currency": "eur", "method": "pm_card_visa", "capture": "automatic"}');
insert into events (id, merchant_id, type, payment_id, object)
	values ('evt_2_' || (:n)::text, :merchant, 'payment.processing', 'pay_' || (:n)::text, (:body)::text::json);
commit;
begin;
update payment_attempts set status = 'succeeded', provider_ref = 'pi_' || (:n)::text, provider_charge_ref = 'ch_' || (:n)::text, answered_at = now()
	where id = 'att_' || (:n)::text;
update payments set status = 'succeeded', captured_minor = 1999, captured_at = now(), next_check_at = null where id = 'pay_' || (:n)::text;
insert into ledger_transactions (id, merchant_id, kind, source_type, source_id)
	values ('txn_' || (:n)::text, :merchant, 'capture', 'payment', 'pay_' || (:n)::text);
update ledger_accounts set balance_minor = balance_minor + 1911, entry_count = entry_count + 1 where id = 'bench_1' returning entry_count as first \gset
update ledger_accounts set balance_minor = balance_minor + 88, entry_count = entry_count + 1 where id = 'bench_2' returning entry_count as second \gset
update ledger_accounts set balance_minor = balance_minor - 1999, entry_count = entry_count + 1 where id = 'bench_3' returning entry_count as third \gset
insert into ledger_entries (id, tx_id, merchant_id, account_id, account_seq, amount_minor, currency)
	values ('ent_1_' || (:n)::text, 'txn_' || (:n)::text, :merchant, 'bench_1', :first, 1911, 'eur');
insert into ledger_entries (id, tx_id, merchant_id, account_id, account_seq, amount_minor, currency)
	values ('ent_2_' || (:n)::text, 'txn_' || (:n)::text, :merchant, 'bench_2', :second, 88, 'eur');
insert into ledger_entries (id, tx_id, merchant_id, account_id, account_seq, amount_minor, currency)
	values ('ent_3_' || (:n)::text, 'txn_' || (:n)::text, :merchant, 'bench_3', :third, -1999, 'eur');
insert into audit_log (merchant_id, actor, action, subject_id, payload)
	values (:merchant, 'job bench', 'payment.captured', 'pay_' || (:n)::text, '{"currency": "eur"}');
insert into events (id, merchant_id, type, payment_id, object)
	values ('evt_3_' || (:n)::text, :merchant, 'payment.succeeded', 'pay_' || (:n)::text, (:body)::text::json);
update pgboss.job set state = 'completed', completed_on = now() where name = 'payments.process' and id = md5((:n)::text)::uuid;
commit;
