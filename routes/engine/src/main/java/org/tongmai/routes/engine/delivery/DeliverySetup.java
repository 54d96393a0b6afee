package org.tongmai.routes.engine.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.standards.canonical.CanonicalRepository;

/**
 * What delivery works with.
 *
 * @param dataSource a pool on the journal's database
 * @param repository reads what is to be delivered
 * @param subscriptions who wants what
 * @param node who this process is
 * @param meters where counts go
 */
public record DeliverySetup(
        DataSource dataSource,
        CanonicalRepository repository,
        SubscriptionRegistry subscriptions,
        NodeIdentity node,
        MeterRegistry meters) {}
