package org.tongmai.routes.engine.journal.camel;

import java.util.List;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.language.ExchangePropertyExpression;
import org.tongmai.standards.exchange.ExchangeNames;

/**
 * The steps of the journal around those of a receiving route:
 *
 * <pre>
 * journal:accept?feed=…            durable, or recognised as seen before
 * filter CamelTongmaiProceed
 *   doTry   the steps; journal:settle
 *   doCatch journal:refuse
 * </pre>
 */
public final class JournalSteps {
    private JournalSteps() {}

    /**
     * Makes them what the route does.
     *
     * @param route its outputs are replaced
     * @param feed Camel's id of the route, which the journal knows it by
     * @param steps what is to be done with a message that is to proceed
     */
    public static void around(RouteDefinition route, String feed, List<ProcessorDefinition<?>> steps) {
        TryDefinition attempt = new TryDefinition();
        steps.forEach(attempt::addOutput);
        attempt.addOutput(new ToDefinition("journal:settle"));
        CatchDefinition failed = new CatchDefinition(Throwable.class);
        failed.addOutput(new ToDefinition("journal:refuse"));
        attempt.addOutput(failed);
        FilterDefinition proceed = new FilterDefinition(new ExchangePropertyExpression(ExchangeNames.PROCEED));
        proceed.addOutput(attempt);
        route.clearOutput();
        route.addOutput(new ToDefinition("journal:accept?feed=" + feed));
        route.addOutput(proceed);
    }
}
