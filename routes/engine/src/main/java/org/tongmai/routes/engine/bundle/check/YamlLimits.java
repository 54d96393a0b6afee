package org.tongmai.routes.engine.bundle.check;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Issue;

/**
 * Looks through a YAML file event by event, before anybody builds a tree of it: bounded in size and depth, without the
 * aliases that let ten lines mean a thousand million, and without tags that name types. A route is one document.
 */
final class YamlLimits {
    private static final int CHARACTERS = 256 * 1024;
    private static final int NODES = 10_000;
    private static final int DEPTH = 40;

    private final String name;
    private int nodes;
    private int depth;
    private int documents;

    private YamlLimits(String name) {
        this.name = name;
    }

    /** The first violation, or nothing. */
    static Optional<Issue> check(String name, String text) {
        if (text.length() > CHARACTERS) {
            return Optional.of(Issue.of(
                    BundleError.LIMIT_EXCEEDED, name + ":1", text.length() + " characters, expected " + CHARACTERS));
        }
        YamlLimits limits = new YamlLimits(name);
        LoadSettings settings = LoadSettings.builder().setLabel(name).build();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                Optional<Issue> found = limits.check(event);
                if (found.isPresent()) {
                    return found;
                }
            }
            return limits.documents == 0
                    ? Optional.of(Issue.of(BundleError.ROUTE_INVALID, name + ":1", "nothing in it"))
                    : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            return Optional.of(limits.issue(BundleError.ROUTE_INVALID, e.getProblemMark(), "not YAML"));
        } catch (YamlEngineException e) {
            return Optional.of(Issue.of(BundleError.ROUTE_INVALID, name + ":1", "not YAML"));
        }
    }

    private Optional<Issue> check(Event event) {
        depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
        nodes += event instanceof NodeEvent ? 1 : 0;
        documents += event instanceof DocumentStartEvent ? 1 : 0;
        if (depth > DEPTH) {
            return exceeded(event, "more than " + DEPTH + " levels");
        }
        if (nodes > NODES) {
            return exceeded(event, "more than " + NODES + " values");
        }
        if (documents > 1 && name.endsWith(RouteFile.SUFFIX)) {
            return invalid(event, "more than one document");
        }
        if (event instanceof AliasEvent
                || event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            return invalid(event, "anchors and aliases are not used here");
        }
        boolean tagged = event instanceof ScalarEvent scalar && scalar.getTag().isPresent()
                || event instanceof CollectionStartEvent start && start.getTag().isPresent();
        return tagged ? invalid(event, "tags are not used here") : Optional.empty();
    }

    private Optional<Issue> exceeded(Event event, String detail) {
        return Optional.of(issue(BundleError.LIMIT_EXCEEDED, event.getStartMark(), detail));
    }

    private Optional<Issue> invalid(Event event, String detail) {
        return Optional.of(issue(BundleError.ROUTE_INVALID, event.getStartMark(), detail));
    }

    private Issue issue(ErrorCode code, Optional<Mark> mark, String detail) {
        return Issue.of(code, name + ":" + (mark.map(Mark::getLine).orElse(0) + 1), detail);
    }
}
