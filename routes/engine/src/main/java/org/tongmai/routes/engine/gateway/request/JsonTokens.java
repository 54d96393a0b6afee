package org.tongmai.routes.engine.gateway.request;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** How much JSON is, before objects are made of it: each text, number, name and bracket becomes one. */
public final class JsonTokens {
    private JsonTokens() {}

    /**
     * Reads until there are more than so many, or no more.
     *
     * @throws IOException for what is no JSON up to there
     */
    public static boolean areMoreThan(int most, JsonParser tokens) throws IOException {
        for (int count = 0; tokens.nextToken() != null; count++) {
            if (count == most) {
                return true;
            }
        }
        return false;
    }
}
