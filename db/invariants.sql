-- What must always hold: each statement returns no row, whatever crashed, raced or lied. db/check-invariants.ts
-- runs the whole file in one REPEATABLE READ, READ ONLY snapshot: hourly, after every fault run, and by hand with
-- `npm run ops -- verify`. It splits the file on semicolons, so literals and comments hold none.
-- Columns of each result: invariant, subject, detail.

-- I01 every ledger transaction balances in every currency
SELECT 'I01' AS invariant, e.tx_id AS subject, e.currency || ' ' || sum(e.amount_minor) AS detail
FROM ledger_entries e
GROUP BY e.tx_id, e.currency HAVING sum(e.amount_minor) <> 0;

-- I02 the whole ledger sums to zero per merchant and currency
SELECT 'I02' AS invariant, e.merchant_id AS subject, e.currency || ' ' || sum(e.amount_minor) AS detail
FROM ledger_entries e
GROUP BY e.merchant_id, e.currency HAVING sum(e.amount_minor) <> 0;

-- I03 the balance kept on an account = the sum of its entries, and so is their number
SELECT 'I03' AS invariant, a.id AS subject, a.balance_minor || ' <> ' || coalesce(sum(e.amount_minor), 0) AS detail
FROM ledger_accounts a LEFT JOIN ledger_entries e ON e.account_id = a.id
GROUP BY a.id HAVING a.balance_minor <> coalesce(sum(e.amount_minor), 0) OR a.entry_count <> count(e.id);

-- I04 an entry has the currency and the merchant of its account
SELECT 'I04' AS invariant, e.id AS subject, e.currency || '/' || a.currency AS detail
FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id
WHERE e.currency <> a.currency OR e.merchant_id <> a.merchant_id;

-- I05 no account below its floor, now or at any past entry
SELECT 'I05' AS invariant, x.account_id AS subject, x.run::text AS detail
FROM (SELECT e.account_id, a.min_balance_minor,
             sum(e.amount_minor) OVER (PARTITION BY e.account_id ORDER BY e.account_seq) AS run
      FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id) x
WHERE x.min_balance_minor IS NOT NULL AND x.run < x.min_balance_minor;

-- I06 no gaps and no repeats in an account's sequence
SELECT 'I06' AS invariant, account_id AS subject, count(*) || '/' || max(account_seq) AS detail
FROM ledger_entries
GROUP BY account_id HAVING count(*) <> max(account_seq) OR min(account_seq) <> 1;

-- I07 a ledger transaction has at least two entries and none of zero
SELECT 'I07' AS invariant, t.id AS subject, count(e.id)::text AS detail
FROM ledger_transactions t LEFT JOIN ledger_entries e ON e.tx_id = t.id
GROUP BY t.id HAVING count(e.id) < 2 OR count(*) FILTER (WHERE e.amount_minor = 0) > 0;

-- I08 one posting per business fact (payment captured once, refund posted once, ...)
SELECT 'I08' AS invariant, source_type || ':' || source_id AS subject, kind || ' x' || count(*) AS detail
FROM ledger_transactions
GROUP BY source_type, source_id, kind HAVING count(*) > 1;

-- I09 what a payment says it captured = what its capture posting credits the merchant, nothing captured, nothing posted
--     (a fee may be larger than a small payment, so the debits say nothing)
SELECT 'I09' AS invariant, p.id AS subject, p.status || ' captured ' || p.captured_minor || ' posted ' || coalesce(s.amt, 0) AS detail
FROM payments p
LEFT JOIN (SELECT t.source_id, -sum(e.amount_minor) AS amt
           FROM ledger_transactions t JOIN ledger_entries e ON e.tx_id = t.id
           JOIN ledger_accounts a ON a.id = e.account_id AND a.kind = 'merchant_balance'
           WHERE t.source_type = 'payment' AND t.kind = 'capture' GROUP BY t.source_id) s ON s.source_id = p.id
WHERE p.captured_minor <> coalesce(s.amt, 0);

-- I10 refunds in flight or done never exceed what was captured, are in the payment's currency, and are what the
--     payment holds back for them
SELECT 'I10' AS invariant, p.id AS subject, p.captured_minor || '/' || p.refund_reserved_minor || ' < ' || sum(r.amount_minor) AS detail
FROM payments p JOIN refunds r ON r.payment_id = p.id AND r.status IN ('pending', 'requires_action', 'succeeded')
GROUP BY p.id
HAVING sum(r.amount_minor) > p.captured_minor OR bool_or(r.currency <> p.currency)
    OR sum(r.amount_minor) <> p.refund_reserved_minor;

-- I11 amounts agree: 0 < amount, 0 <= captured <= amount, money taken only by a succeeded payment,
--     refunded column = succeeded refunds
SELECT 'I11' AS invariant, p.id AS subject, p.status || ' ' || p.amount_minor || '/' || p.captured_minor || '/' || p.refunded_minor AS detail
FROM payments p
WHERE p.amount_minor <= 0 OR p.captured_minor < 0 OR p.captured_minor > p.amount_minor
   OR (p.captured_minor > 0) <> (p.status = 'succeeded')
   OR p.refunded_minor <> (SELECT coalesce(sum(r.amount_minor), 0) FROM refunds r
                           WHERE r.payment_id = p.id AND r.status = 'succeeded');

-- I12 at most one attempt of a payment succeeded (we charged nobody twice)
SELECT 'I12' AS invariant, payment_id AS subject, count(*)::text AS detail
FROM payment_attempts WHERE status = 'succeeded'
GROUP BY payment_id HAVING count(*) > 1;

-- I13 a gateway object belongs to one attempt, or to one refund, only
SELECT 'I13' AS invariant, provider || ':' || provider_ref AS subject, count(*)::text AS detail
FROM (SELECT provider, provider_ref FROM payment_attempts
      UNION ALL SELECT provider, provider_ref FROM refunds) x
WHERE provider_ref IS NOT NULL
GROUP BY provider, provider_ref HAVING count(*) > 1;

-- I14 every charge and refund the gateway made has exactly one object here, same amount and currency.
--     kind 'charge' + 'succeeded' means captured money (a bare authorisation is kind 'authorization').
--     Exempt: differences put before a person as 'gateway_mismatch', the harness counts those items and
--     compares the number with the wrong answers it injected, so that the exemption hides no loss.
SELECT 'I14' AS invariant, g.provider || ':' || g.provider_ref AS subject, coalesce(p.id, 'no payment') AS detail
FROM gateway_observations g
LEFT JOIN payment_attempts a ON a.provider = g.provider AND a.provider_ref = g.provider_ref
LEFT JOIN payments p ON p.id = a.payment_id
WHERE g.kind = 'charge' AND g.status = 'succeeded'
  AND (p.id IS NULL OR p.status <> 'succeeded' OR p.captured_minor <> g.amount_minor OR p.currency <> g.currency)
  AND NOT EXISTS (SELECT 1 FROM attention_items i
                  WHERE i.kind = 'gateway_mismatch' AND i.subject_id = coalesce(p.id, g.provider_ref))
UNION ALL
SELECT 'I14', g.provider || ':' || g.provider_ref, coalesce(r.id, 'no refund')
FROM gateway_observations g
LEFT JOIN refunds r ON r.provider = g.provider AND r.provider_ref = g.provider_ref
WHERE g.kind = 'refund' AND g.status = 'succeeded'
  AND (r.id IS NULL OR r.status <> 'succeeded' OR r.amount_minor <> g.amount_minor OR r.currency <> g.currency)
  AND NOT EXISTS (SELECT 1 FROM attention_items i
                  WHERE i.kind = 'gateway_mismatch' AND i.subject_id = coalesce(r.id, g.provider_ref));

-- I15 the other way round: what we call captured, the gateway has (as far as its books were imported)
SELECT 'I15' AS invariant, p.id AS subject, p.status AS detail
FROM payments p
WHERE p.captured_minor > 0
  AND NOT EXISTS (
    SELECT 1 FROM payment_attempts a
    WHERE a.payment_id = p.id AND a.status = 'succeeded'
      AND (EXISTS (SELECT 1 FROM gateway_observations g
                   WHERE g.livemode = p.livemode AND g.provider = a.provider AND g.provider_ref = a.provider_ref
                     AND g.kind = 'charge' AND g.status = 'succeeded')
           OR p.captured_at > coalesce((SELECT max(i.covered_until) FROM gateway_imports i
                                        WHERE i.provider = a.provider AND i.livemode = p.livemode), '-infinity')));

-- I16 nothing is stuck: terminal, or a next check that is not overdue, or an open attention item. States that wait
--     for people carry a next check too: their expiry. An open attempt's next check is its payment's.
SELECT 'I16' AS invariant, p.id AS subject, p.status AS detail
FROM payments p
WHERE p.status NOT IN ('succeeded', 'failed', 'canceled')
  AND p.created_at < now() - interval '2 minutes'
  AND coalesce(greatest(p.next_check_at, (SELECT max(a.next_check_at) FROM payment_attempts a WHERE a.payment_id = p.id)),
        '-infinity') < now() - interval '2 minutes'
  AND NOT EXISTS (SELECT 1 FROM attention_items i WHERE i.subject_id = p.id AND i.closed_at IS NULL)
UNION ALL
SELECT 'I16', r.id, r.status
FROM refunds r
WHERE r.status NOT IN ('succeeded', 'failed', 'canceled')
  AND r.created_at < now() - interval '2 minutes'
  AND coalesce(r.next_check_at, '-infinity') < now() - interval '2 minutes'
  AND NOT EXISTS (SELECT 1 FROM attention_items i WHERE i.subject_id = r.id AND i.closed_at IS NULL)
UNION ALL
SELECT 'I16', d.id, d.status
FROM disputes d
WHERE d.status IN ('needs_response', 'under_review')
  AND d.created_at < now() - interval '2 minutes'
  AND coalesce(d.next_check_at, '-infinity') < now() - interval '2 minutes'
  AND NOT EXISTS (SELECT 1 FROM attention_items i WHERE i.subject_id = d.id AND i.closed_at IS NULL);

-- I17 legal transitions only, and no edge leaves a terminal state. The first row of a history has
--     from_status 'none', payment_edges lists the allowed starts.
SELECT 'I17' AS invariant, h.payment_id AS subject, coalesce(h.from_status, 'null') || '->' || h.to_status AS detail
FROM payment_history h
LEFT JOIN payment_edges g ON g.from_status = h.from_status AND g.to_status = h.to_status
WHERE g.from_status IS NULL
UNION ALL
SELECT 'I17', 'payment_edges', from_status || '->' || to_status
FROM payment_edges WHERE from_status IN ('succeeded', 'failed', 'canceled');

-- I18 a history is one chain, starts at 'none' and ends in the payment's present state
SELECT 'I18' AS invariant, p.id AS subject, coalesce(x.from_status || '->' || x.to_status, 'no history') AS detail
FROM payments p
LEFT JOIN (SELECT h.*, lag(to_status) OVER (PARTITION BY payment_id ORDER BY seq) AS prev,
                  row_number() OVER (PARTITION BY payment_id ORDER BY seq DESC) AS rn
           FROM payment_history h) x ON x.payment_id = p.id
WHERE x.payment_id IS NULL
   OR coalesce(x.prev, 'none') <> x.from_status
   OR (x.rn = 1 AND x.to_status <> p.status);

-- I19 one inbox row per gateway event, only verified ones processed, none left behind without a job
SELECT 'I19' AS invariant, provider || ':' || event_id AS subject, count(*)::text AS detail
FROM webhook_inbox w
GROUP BY livemode, provider, event_id
HAVING count(*) > 1
    OR bool_or(processed_at IS NOT NULL AND NOT signature_ok)
    OR bool_or(processed_at IS NULL AND dead_at IS NULL AND received_at < now() - interval '2 minutes'
        AND NOT EXISTS (SELECT 1 FROM pgboss.job j WHERE j.name = 'webhooks.apply'
                        AND j.state IN ('created', 'retry', 'active') AND j.data->>'inboxId' = w.id));

-- I20 the queue is our outbox: every job is done, dead (and visible), running, or not overdue
SELECT 'I20' AS invariant, j.name || ':' || j.id AS subject, j.state || ' due ' || j.start_after AS detail
FROM pgboss.job j
WHERE j.state IN ('created', 'retry') AND j.start_after < now() - interval '2 minutes'
  AND j.name NOT LIKE '\_\_pgboss\_\_%';

-- I21 every change that is announced has its event (written in the same transaction): what the live view, the
--     event list and every outgoing message are made of
SELECT 'I21' AS invariant, h.payment_id AS subject, 'payment.' || h.to_status AS detail
FROM payment_history h
WHERE h.to_status IN ('succeeded', 'failed', 'canceled')
  AND NOT EXISTS (SELECT 1 FROM events e WHERE e.payment_id = h.payment_id AND e.type = 'payment.' || h.to_status)
UNION ALL
SELECT 'I21', r.id, 'refund.' || r.status
FROM refunds r
WHERE r.status IN ('succeeded', 'failed')
  AND NOT EXISTS (SELECT 1 FROM events e WHERE e.payment_id = r.payment_id AND e.type = 'refund.' || r.status
                  AND e.object->>'id' = r.id)
UNION ALL
SELECT 'I21', d.id, 'dispute.created'
FROM disputes d
WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.payment_id = d.payment_id AND e.type = 'dispute.created'
                  AND e.object->>'id' = d.id);

-- I22 idempotency: a finished key has its answer, and an unfinished one that nobody holds any more has the object its
--     next request will answer with
SELECT 'I22' AS invariant, k.merchant_id || ':' || k.key AS subject, k.resource_id AS detail
FROM idempotency_keys k
WHERE (k.finished_at IS NOT NULL AND (k.status_code IS NULL OR k.response IS NULL))
   OR (k.finished_at IS NULL AND k.locked_until < now() - interval '2 minutes'
       AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.id = k.resource_id)
       AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.id = k.resource_id)
       AND NOT EXISTS (SELECT 1 FROM disputes d WHERE d.id = k.resource_id));

-- I23 audit chain: every row hashes from the one before it, and the hash is that of all it says
SELECT 'I23' AS invariant, merchant_id || ':' || seq AS subject, '' AS detail
FROM (SELECT a.*, audit_hash(a) AS own_hash, lag(hash) OVER w AS ph, lag(seq) OVER w AS ps
      FROM audit_log a WINDOW w AS (PARTITION BY merchant_id ORDER BY seq)) c
WHERE seq <> coalesce(ps, 0) + 1
   OR prev <> coalesce(ph, '\x00')
   OR hash <> own_hash
   OR (version = 1 AND (coalesce(before, after) IS NOT NULL
        OR coalesce(reason, request_id, client_network) IS NOT NULL
        OR (payload ? 'row' AND payload->'row'
             <> jsonb_build_object('actor', actor, 'action', action, 'subject_id', subject_id))));

-- I24 audit head = last row: a cut-off tail shows here (the runner also compares it with the last
--     anchor kept outside the database), as does a chain without a head
SELECT 'I24' AS invariant, coalesce(h.merchant_id, l.merchant_id) AS subject, coalesce(h.seq, 0) || '/' || coalesce(l.seq, 0) AS detail
FROM audit_head h
FULL JOIN (SELECT DISTINCT ON (merchant_id) merchant_id, seq, hash
           FROM audit_log ORDER BY merchant_id, seq DESC) l ON l.merchant_id = h.merchant_id
WHERE coalesce(h.seq, 0) <> coalesce(l.seq, 0) OR coalesce(h.hash, '\x00') <> coalesce(l.hash, '\x00');

-- I25 every money movement has its audit row
SELECT 'I25' AS invariant, t.id AS subject, t.kind AS detail
FROM ledger_transactions t
WHERE NOT EXISTS (SELECT 1 FROM audit_log a
                  WHERE a.merchant_id = t.merchant_id AND a.payload->>'ledger_tx' = t.id);

-- I26 tenant isolation is on wherever it must be (merchant_id column: RLS enabled, forced, and a policy)
SELECT 'I26' AS invariant, c.relname::text AS subject, c.relrowsecurity || '/' || c.relforcerowsecurity AS detail
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
  AND EXISTS (SELECT 1 FROM pg_attribute a
              WHERE a.attrelid = c.oid AND a.attname = 'merchant_id' AND NOT a.attisdropped)
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity
           AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid));

-- I27 the application's role exists, cannot go round isolation and cannot rewrite the books
SELECT 'I27' AS invariant, v.name AS subject, coalesce(t.name, 'role') AS detail
FROM (VALUES ('app_rw')) v(name)
CROSS JOIN (VALUES ('ledger_transactions'), ('ledger_entries'), ('audit_log'), ('audit_head')) t(name)
LEFT JOIN pg_roles r ON r.rolname = v.name
WHERE r.oid IS NULL OR r.rolsuper OR r.rolbypassrls OR r.rolcreaterole
   OR has_table_privilege(r.oid, 'public.' || t.name, 'UPDATE, DELETE, TRUNCATE');

-- I28 no child row belongs to another merchant than its payment
SELECT 'I28' AS invariant, c.id AS subject, c.merchant_id || '/' || p.merchant_id AS detail
FROM (SELECT id, payment_id, merchant_id FROM refunds
      UNION ALL SELECT id, payment_id, merchant_id FROM disputes
      UNION ALL SELECT id, payment_id, merchant_id FROM payment_attempts) c
JOIN payments p ON p.id = c.payment_id
WHERE c.merchant_id <> p.merchant_id;

-- I29 money columns are bigint and named *_minor
SELECT 'I29' AS invariant, table_name || '.' || column_name AS subject, data_type::text AS detail
FROM information_schema.columns
WHERE table_schema = 'public'
  AND ((column_name LIKE '%\_minor' AND data_type <> 'bigint')
       OR column_name IN ('amount', 'balance', 'min_balance', 'captured', 'refunded', 'fee')
       OR data_type = 'money');

-- I30 no card number in the audit log. This is the cheap part: the test scans every text and json
--     column of a dump for Luhn-valid runs of 13-19 digits (S12)
SELECT 'I30' AS invariant, a.merchant_id || ':' || a.seq AS subject, '' AS detail
FROM audit_log a
WHERE a.payload::text ~ '(^|[^0-9])(4[0-9]{15}|5[1-5][0-9]{14}|3[47][0-9]{13})([^0-9]|$)';

-- I31 a quoted payment is what its quote says, its capture was converted at that quote, what a refund or a dispute took
--     back was converted back as its row says, what failed or came back was put back exactly, nothing else was
--     converted, and all parts of a payment that went back are together what it was credited
SELECT 'I31' AS invariant, p.id AS subject, q.id || ' ' || q.presentment_minor || ' ' || q.presentment_currency AS detail
FROM payments p JOIN fx_quotes q ON q.id = p.fx_quote_id
WHERE q.merchant_id <> p.merchant_id OR q.presentment_minor <> p.amount_minor OR q.presentment_currency <> p.currency
   OR q.used_by_payment IS DISTINCT FROM p.id
UNION ALL
SELECT 'I31', coalesce(booked.source_id, due.source_id),
       coalesce(booked.kind, due.kind) || ' ' || coalesce(booked.currency, due.currency) || ' '
         || coalesce(booked.balance, 0) || '/' || coalesce(due.balance, 0)
FROM (SELECT t.source_type, t.source_id, t.kind, e.currency,
             coalesce(sum(e.amount_minor) FILTER (WHERE a.kind = 'merchant_balance'), 0) AS balance,
             coalesce(sum(e.amount_minor) FILTER (WHERE a.kind = 'fx_clearing'), 0) AS clearing,
             coalesce(sum(e.amount_minor) FILTER (WHERE a.kind = 'fx_result'), 0) AS result
      FROM ledger_transactions t JOIN ledger_entries e ON e.tx_id = t.id JOIN ledger_accounts a ON a.id = e.account_id
      WHERE t.kind IN ('conversion', 'conversion_back', 'conversion_undone')
      GROUP BY t.source_type, t.source_id, t.kind, e.currency) booked
FULL JOIN (
  SELECT 'payment' AS source_type, p.id AS source_id, 'conversion' AS kind, leg.currency, leg.balance,
         -leg.balance AS clearing, 0 AS result
  FROM payments p JOIN fx_quotes q ON q.id = p.fx_quote_id
  CROSS JOIN LATERAL (VALUES
    (p.currency, p.captured_minor::numeric),
    (q.settlement_currency, -round(q.settlement_minor::numeric * p.captured_minor / q.presentment_minor))
  ) leg(currency, balance)
  WHERE leg.balance <> 0
  UNION ALL
  SELECT back.source_type, back.id, done.kind, leg.currency, done.sign * leg.balance,
         done.sign * -(leg.balance + leg.result), done.sign * leg.result
  FROM (SELECT 'refund' AS source_type, r.id, r.amount_minor, r.currency, r.settlement_minor, r.settlement_currency,
               r.fx_result_minor, r.status IN ('failed', 'canceled') AS is_undone FROM refunds r
        UNION ALL
        SELECT 'dispute', d.id, d.amount_minor, d.currency, d.settlement_minor, d.settlement_currency,
               d.fx_result_minor, d.funds = 'returned' FROM disputes d) back
  CROSS JOIN LATERAL (VALUES
    (back.currency, -back.amount_minor::numeric, 0),
    (back.settlement_currency, back.settlement_minor, back.fx_result_minor)
  ) leg(currency, balance, result)
  CROSS JOIN LATERAL (VALUES ('conversion_back', 1, true), ('conversion_undone', -1, back.is_undone)) done(kind, sign, is_due)
  WHERE back.settlement_minor IS NOT NULL AND done.is_due AND (leg.balance <> 0 OR leg.result <> 0)
) due ON due.source_type = booked.source_type AND due.source_id = booked.source_id AND due.kind = booked.kind
     AND due.currency = booked.currency
WHERE booked.balance IS DISTINCT FROM due.balance OR booked.clearing IS DISTINCT FROM due.clearing
   OR booked.result IS DISTINCT FROM due.result
UNION ALL
SELECT 'I31', p.id, 'gave back ' || coalesce(sum(back.settlement_minor), 0) || ' of ' || q.settlement_minor
FROM payments p JOIN fx_quotes q ON q.id = p.fx_quote_id
JOIN (SELECT payment_id, amount_minor, settlement_minor, settlement_currency FROM refunds
      WHERE status NOT IN ('failed', 'canceled')
      UNION ALL
      SELECT payment_id, amount_minor, settlement_minor, settlement_currency FROM disputes
      WHERE funds IN ('held', 'lost')) back ON back.payment_id = p.id
GROUP BY p.id, q.id
HAVING bool_or(back.settlement_currency IS DISTINCT FROM q.settlement_currency)
    OR (sum(back.amount_minor) = p.captured_minor AND sum(back.settlement_minor)
          <> round(q.settlement_minor::numeric * p.captured_minor / q.presentment_minor));
