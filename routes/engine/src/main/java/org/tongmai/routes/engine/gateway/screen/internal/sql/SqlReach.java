package org.tongmai.routes.engine.gateway.screen.internal.sql;

/** How far a fragment could be read. */
enum SqlReach {
    /** To its end. */
    WHOLE,
    /** To a mark that the grammar does not know there: servers may, and sentences seldom have it. */
    SYMBOL,
    /** To a word that does not go on: most often a sentence, sometimes a clause that is not in the tables. */
    BEGUN
}
