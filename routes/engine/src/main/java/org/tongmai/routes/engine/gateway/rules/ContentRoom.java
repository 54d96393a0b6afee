package org.tongmai.routes.engine.gateway.rules;

import java.util.ArrayList;
import java.util.List;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.Spool;

/**
 * What a node has room for of contents in files. Other nodes may have another room: what is right for who publishes, one of
 * them may not be able to carry.
 *
 * @param ofSender most bytes of what one sender sends at once
 * @param ofAnswer most bytes of an answer
 */
public record ContentRoom(long ofSender, long ofAnswer) {
    private static final String SETTING = " tongmai.gateway.spool-room of the node)";

    public static ContentRoom of(Spool spool) {
        return new ContentRoom(spool.share(), spool.room());
    }

    /** One issue for each largest content that there can never be room for; it would be refused as if it had not been agreed. */
    public List<Issue> violations(List<Service> services) {
        List<Issue> found = new ArrayList<>();
        for (Service service : services) {
            String where = "services[" + service.id() + "]";
            long request = service.content().largeBody();
            if (request > ofSender) {
                found.add(issue(
                        where + ".content.largeBody",
                        "found: " + request + " (expected: at most " + ofSender + ", a quarter of" + SETTING));
            }
            long answer = LargeContentCheck.largestAnswer(service);
            if (answer > ofAnswer) {
                found.add(issue(
                        where + ".transport.parameters",
                        "found: largeBody " + answer + " (expected: at most " + ofAnswer + "," + SETTING));
            }
        }
        return found;
    }

    private static Issue issue(String where, String detail) {
        return Issue.of(GatewayError.RULES_INVALID, where, detail);
    }
}
