-- One payment taken: key, payment, event and job, statement by statement.
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
