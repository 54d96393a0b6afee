package org.tongmai.console.server.bundle;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.convert.BoundedBody;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.CanaryRule;
import org.tongmai.routes.engine.bundle.RouteBundle;
import org.tongmai.routes.engine.bundle.RouteBundle.Decided;
import org.tongmai.routes.engine.bundle.RouteBundle.Release;
import org.tongmai.routes.engine.bundle.RouteBundles;
import org.tongmai.routes.engine.bundle.RouteBundles.Order;
import org.tongmai.routes.engine.bundle.archive.BundleZip;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Watches, deploys, and takes back. Who says {@code generation} is refused where somebody else decided in between.
 */
@RestController
@RequestMapping("/api/bundles")
public class BundleController {
    private static final int MOST_DECISIONS = 1_000;
    private static final String ANY = "-1";

    private final RouteBundles bundles;

    public BundleController(RouteBundles bundles) {
        this.bundles = bundles;
    }

    @GetMapping
    List<RouteBundle> all() {
        return bundles.all();
    }

    @GetMapping("/{id}")
    RouteBundle one(@PathVariable String id) {
        return existing(id);
    }

    @GetMapping("/{id}/releases")
    List<Release> releases(@PathVariable String id) {
        return bundles.releases(existing(id).bundle());
    }

    @GetMapping("/{id}/ledger")
    List<Decided> ledger(@PathVariable String id, @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST_DECISIONS) {
            throw new CodedException(Issue.of(ConsoleError.BAD_PARAMETER, "limit", "expected: 1 to " + MOST_DECISIONS));
        }
        List<Decided> ledger = bundles.ledger(id, limit); // also of what was retired and forgotten
        if (ledger.isEmpty()) {
            throw new CodedException(Issue.of(BundleError.BUNDLE_UNKNOWN, "id", ""));
        }
        return ledger;
    }

    /** The body is the zip of a bundle. */
    @PostMapping
    List<RouteBundle> deploy(
            @RequestParam(defaultValue = ANY) long generation, HttpServletRequest request, Authentication who)
            throws IOException {
        return bundles.deploy(BundleZip.read(BoundedBody.of(request)), new Order(who.getName(), generation));
    }

    /** The body is the zip of a bundle; the share is said as {@code percent}, {@code hospitals} or {@code types}. */
    @PostMapping("/canary")
    List<RouteBundle> canary(Share share, HttpServletRequest request, Authentication who) throws IOException {
        CanaryRule rule = share.rule();
        return bundles.canary(
                BundleZip.read(BoundedBody.of(request)), rule, new Order(who.getName(), share.expected()));
    }

    @PostMapping("/{id}/promote")
    RouteBundle promote(
            @PathVariable String id, @RequestParam(defaultValue = ANY) long generation, Authentication who) {
        return bundles.promote(id, new Order(who.getName(), generation));
    }

    @PostMapping("/{id}/rollback")
    RouteBundle rollBack(
            @PathVariable String id, @RequestParam(defaultValue = ANY) long generation, Authentication who) {
        return bundles.rollBack(id, new Order(who.getName(), generation));
    }

    @PostMapping("/{id}/stop")
    RouteBundle stop(@PathVariable String id, @RequestParam(defaultValue = ANY) long generation, Authentication who) {
        return bundles.stop(id, new Order(who.getName(), generation));
    }

    @PostMapping("/{id}/start")
    RouteBundle start(@PathVariable String id, @RequestParam(defaultValue = ANY) long generation, Authentication who) {
        return bundles.start(id, new Order(who.getName(), generation));
    }

    @PostMapping("/{id}/retire")
    RouteBundle retire(@PathVariable String id, @RequestParam(defaultValue = ANY) long generation, Authentication who) {
        return bundles.retire(id, new Order(who.getName(), generation));
    }

    private RouteBundle existing(String id) {
        return bundles.find(id).orElseThrow(() -> new CodedException(Issue.of(BundleError.BUNDLE_UNKNOWN, "id", "")));
    }

    /** Which share a canary takes, as query parameters. */
    record Share(Double percent, List<String> hospitals, List<String> types, Long generation) {
        CanaryRule rule() {
            try {
                return new CanaryRule(hospitals, types, percent == null ? 0 : percent);
            } catch (IllegalArgumentException e) {
                throw new CodedException(Issue.of(ConsoleError.BAD_PARAMETER, "percent", e.getMessage()), e);
            }
        }

        long expected() {
            return generation == null ? Order.ANY : generation;
        }
    }
}
