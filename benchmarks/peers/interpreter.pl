% The meta-interpreter: a proof tree for whatever the verdict, and its text. prolog.py adds rules and records.
:- use_module(library(lists)).
:- use_module(library(apply)).
:- dynamic finding/2.
:- discontiguous rule/6, concluded/1, says/2, called/2, given/2, asked/2.
:- initialization(set_prolog_flag(verbose, silent)).

% prove(+Proposition, -Verdict, -Proof)
prove(P, V, concluded(P, V, Applied)) :-
    concluded(P), !,
    findall(A, applied(P, A), Applied),
    findall(W, member(applied(_, W, _, _), Applied), Ws),
    strongest(Ws, V).
prove(P, V, found(P, V)) :- finding(P, V), !.
prove(P, undetermined, found(P, undetermined)).

applied(P, applied(Id, V, Premises, Exceptions)) :-
    rule(P, Id, Body, Use, Asks, Unless),
    finding(Use, Named),
    findall(W-Proof, (member(G-A, Asks), once_for(Body, G), prove(A, W, Proof)), Premises),
    findall(W-Proof, (member(G-A, Unless), finding(G, _), prove(A, W, Proof)), Exceptions),
    findall(W, member(W-_, Premises), Ws),
    (   memberchk(met-_, Exceptions) -> V = 'not met'
    ;   body(Body, Ws, V0), (V0 == met, Named \== met -> V = undetermined ; V = V0)
    ).

once_for(any, Guard) :- !, finding(Guard, _).
once_for(_, _).

body(any, Ws, V) :- strongest(Ws, V).
body(all, Ws, V) :- length(Ws, N), body(at_least(N), Ws, V).
body(at_least(N), Ws, V) :-
    foldl(count, Ws, 0-0, Met-Open),
    (   Met >= N -> V = met
    ;   Met + Open >= N -> V = undetermined
    ;   V = 'not met'
    ).

count(met, M-O, M1-O) :- M1 is M + 1.
count(undetermined, M-O, M-O1) :- O1 is O + 1.
count('not met', M-O, M-O).

strongest(Ws, V) :- memberchk(met, Ws), !, V = met.
strongest(Ws, V) :- memberchk(undetermined, Ws), !, V = undetermined.
strongest(_, 'not met').

% The proof as indented text.
tell(found(P, V), Pad) :- tab(Pad), say(P), format(": ~w~n", [V]).
tell(concluded(P, V, Applied), Pad) :-
    tab(Pad), say(P), format(": ~w~n", [V]),
    In is Pad + 2, Deep is Pad + 4,
    forall(member(applied(Id, W, Premises, Exceptions), Applied),
           (   tab(In), format("by ~w: ~w~n", [Id, W]),
               forall(member(_-Proof, Premises), tell(Proof, Deep)),
               forall(member(_-Proof, Exceptions), (tab(Deep), write('unless'), nl, tell(Proof, Deep)))
           )).

say(P) :- P =.. [S|Args], says(S, Parts), say(Parts, Args).
say([Part], _) :- !, write(Part).
say([Part|Parts], [Arg|Args]) :- write(Part), called(Arg, Name), write(Name), say(Parts, Args).

% decision(+Record, -Text): the record in, the question proved and told, the record out again.
decision(Name, Text) :-
    given(Name, Findings), asked(Name, [Question|_]),
    forall(member(P-V, Findings), assertz(finding(P, V))),
    prove(Question, _, Proof),
    with_output_to(string(Text), tell(Proof, 0)),
    retractall(finding(_, _)).

report(Name, Runs) :-
    decision(Name, Text),
    findall(S, (between(1, Runs, _), get_time(B), decision(Name, _), get_time(E), S is E - B), Seconds),
    given(Name, Findings), asked(Name, Asked),
    forall(member(P-V, Findings), assertz(finding(P, V))),
    findall(V, (member(P, Asked), prove(P, V, _)), Verdicts),
    maplist([V, Q]>>format(atom(Q), "\"~w\"", [V]), Verdicts, Quoted),
    atomic_list_concat(Quoted, ',', Vs), atomic_list_concat(Seconds, ',', Ss),
    format("[[~w],[~w]]~n~w", [Vs, Ss, Text]).
